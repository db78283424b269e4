import { leaderboardPreview, type DrawText, type Snapshot } from '@samplewise/reports';
import { create, type Font } from 'fontkit';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

/** Of the same family as the page's; what it does not have is left out. */
const FILES = {
  regular: import.meta.resolve('@fontsource/inter/files/inter-latin-400-normal.woff'),
  bold: import.meta.resolve('@fontsource/inter/files/inter-latin-600-normal.woff'),
};

let fonts: Promise<Record<keyof typeof FILES, Font>> | undefined;

/** A board as a picture for previews of links. @returns a PNG */
export async function previewPicture(snapshot: Snapshot): Promise<Buffer> {
  fonts ??= readFonts();
  const { regular, bold } = await fonts;
  const draw: DrawText = (text, at) => outline(at.bold ? bold : regular, text, at);
  return sharp(Buffer.from(leaderboardPreview(snapshot, draw)))
    .png()
    .toBuffer();
}

async function readFonts(): Promise<Record<keyof typeof FILES, Font>> {
  const read = async (address: string): Promise<Font> => {
    const font = create(await readFile(fileURLToPath(address)));
    if (!('layout' in font)) throw new Error(`${address} is no single font.`);
    return font;
  };
  const [regular, bold] = await Promise.all([read(FILES.regular), read(FILES.bold)]);
  return { regular, bold };
}

/** A text as a path, so that no machine needs a font for it; cut where it is too wide. */
function outline(font: Font, text: string, { x, y, size, end, most }: Parameters<DrawText>[1]): string {
  const scale = size / font.unitsPerEm;
  const widthOf = (part: string): number => font.layout(part).advanceWidth * scale;
  let shown = text;
  while (shown.length > 1 && widthOf(shown) > most) shown = `${shown.replace(/…$/, '').slice(0, -1)}…`;
  const { glyphs, positions } = font.layout(shown);
  let at = end ? x - widthOf(shown) : x;
  return glyphs
    .map((glyph, i) => {
      const d = glyph.path.scale(scale, -scale).translate(at, y).toSVG();
      at += positions[i]!.xAdvance * scale;
      return d;
    })
    .join('');
}
