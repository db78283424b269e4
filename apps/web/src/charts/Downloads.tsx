'use client';

import { ActionIcon, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { save } from './save';

interface Props {
  title: string;
  csv: () => string;
  /** The chart as it is shown. */
  svg: () => string | undefined;
}

/** Pixels of the picture for one of the page. */
const SCALE = 2;

/** The chart as a file: a drawing, a picture, or its figures. */
export function Downloads({ title, csv, svg }: Props) {
  const name = title.replace(/[^\w.-]+/g, '-');
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Download ${title}`}>
          <IconDownload size={15} stroke={1.75} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save(`${name}.svg`, new Blob([svg() ?? ''], { type: 'image/svg+xml' }))}>
          SVG
        </Menu.Item>
        <Menu.Item onClick={() => void pictureOf(svg() ?? '').then((png) => save(`${name}.png`, png))}>PNG</Menu.Item>
        <Menu.Item onClick={() => save(`${name}.csv`, new Blob([csv()], { type: 'text/csv' }))}>CSV</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

async function pictureOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * SCALE;
  canvas.height = image.height * SCALE;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((png) => {
      if (png) resolve(png);
      else reject(new Error('The browser could not make a PNG.'));
    });
  });
}
