'use client';

import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';

/** What a board is taken along as. */
const FORMATS = [
  ['html', 'Report', 'one file that opens from a disk'],
  ['csv', 'CSV', 'every row in full precision'],
  ['json', 'JSON', 'rule, rows, checks'],
  ['md', 'Markdown', 'a table for a README'],
  ['tex', 'LaTeX', 'a table with booktabs'],
] as const;

interface Props {
  /** Without the ending. */
  path: string;
  /** Beside the usual ones: how a snapshot is cited. */
  citable?: boolean;
  label?: string;
}

/** Files of a board or of a snapshot, made as they are asked for. */
export function DownloadMenu({ path, citable = false, label = 'Download' }: Props) {
  const formats = citable ? [...FORMATS, ['bib', 'BibTeX', 'to cite this snapshot'] as const] : FORMATS;
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={14} stroke={1.75} aria-hidden="true" />}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map(([ending, name, about]) => (
          <Menu.Item key={ending} component="a" href={`${path}.${ending}?download`} download>
            {name}
            <span className="muted" style={{ display: 'block', fontSize: 12 }}>
              {about}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
