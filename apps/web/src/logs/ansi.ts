import Anser from 'anser';

/** Some of a line that looks alike. */
export interface Piece {
  text: string;
  /** One of the eight colours by its name; programs' own shades are left out, since not all can be read on our ground. */
  colour?: string;
  bold?: boolean;
  faint?: boolean;
}

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** Whether a line has an escape sequence at all: most have none. */
const ESCAPE = '\u001b';
/** What moves cursors, sets titles and the like, and control characters but the tabulator. */
const CONTROLS = new RegExp(
  [
    String.raw`\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)`,
    String.raw`\u001b\[[0-9;?]*[A-LN-Za-ln-z]`,
    String.raw`[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f]`,
  ].join('|'),
  'g',
);

/** A line as a terminal would colour it, tamed: words keep their meaning, and none is hidden. */
export function piecesOf(text: string): Piece[] {
  // A line that was overwritten shows what came last.
  const shown = text.slice(text.lastIndexOf('\r', text.length - 2) + 1);
  const clean = shown.replace(CONTROLS, '');
  if (!clean.includes(ESCAPE)) return [{ text: clean }];
  return Anser.ansiToJson(clean, { use_classes: true, remove_empty: true, json: true }).map(
    ({ content, fg, decorations }) => {
      const colour = COLOURS.find((name) => fg === `ansi-${name}` || fg === `ansi-bright-${name}`);
      return {
        text: content.replaceAll(ESCAPE, ''),
        ...(colour && { colour }),
        ...(decorations.includes('bold') && { bold: true }),
        ...(decorations.includes('dim') && { faint: true }),
      };
    },
  );
}

/** A text cut where a search is found in it; every second part is what was found. */
export function cutAt(text: string, search: string | undefined): string[] {
  if (search === undefined || search === '') return [text];
  const parts: string[] = [];
  const [whole, wanted] = [text.toLowerCase(), search.toLowerCase()];
  // Letters whose lower case is longer would shift places: then nothing is marked.
  if (whole.length !== text.length) return [text];
  let from = 0;
  for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), text.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...parts, text.slice(from)];
}
