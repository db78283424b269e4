/**
 * Names and notes are whatever people have typed. Each format's own characters are written so that they stay text, and
 * characters that no document may hold, or that turn the direction of what follows, are left out.
 */

// eslint-disable-next-line no-control-regex -- these are what it is about
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;

/** Half of a surrogate pair becomes the replacement character: no encoding of Unicode can write it. */
const plain = (text: string): string => text.toWellFormed().replace(FORBIDDEN, '');
const oneLine = (text: string): string => plain(text).replace(/\s+/g, ' ').trim();

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** For text and attributes of HTML and XML. */
export const xml = (text: string): string => plain(text).replace(/[&<>"']/g, (c) => XML[c]!);

const TEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  // BibTeX counts braces, also escaped ones.
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '#': '\\#',
  $: '\\$',
  '%': '\\%',
  '&': '\\&',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  // Languages of babel make a command of it.
  '"': '\\char34{}',
  // At the beginning of a cell it would be an argument of the end of the line before it.
  '[': '{[}',
  ']': '{]}',
  '`': '\\textasciigrave{}',
};

/** For running text of LaTeX and BibTeX. */
export const tex = (text: string): string =>
  oneLine(text)
    .replace(/[\\{}#$%&_^~<>|"[\]`]/g, (c) => TEX[c]!)
    // Two of them are a ligature.
    .replace(/([-'])(?=\1)/g, '$1{}')
    .replace(/([?!])(?=\\textasciigrave)/g, '$1{}');

/** What LaTeX's first fonts have: ASCII and Latin-1, without the quotes and the letters that only newer ones have. */
export const isPlainTex = (text: string): boolean =>
  /^[ -~\u00a1-\u00aa\u00ac-\u00ba\u00bc-\u00cf\u00d1-\u00dd\u00df-\u00ef\u00f1-\u00fd\u00ff]*$/.test(oneLine(text));

/** For a cell of a Markdown table: neither a link, nor HTML, nor the end of the cell. */
export const markdown = (text: string): string =>
  oneLine(text)
    .replace(/[\\`*_{}[\]#|~$<>&@]/g, (c) => (c === '<' ? '&lt;' : c === '>' ? '&gt;' : c === '&' ? '&amp;' : `\\${c}`))
    // What many renderers make a link of.
    .replace(/(https?|ftp|mailto):/gi, '$1\u200b:')
    .replace(/\bwww\./gi, 'www\u200b.');

/**
 * A field of a CSV (RFC 4180). Spreadsheets take a text that begins with one of `=+-@` for a formula, so that it gets an
 * apostrophe before it (OWASP, CSV injection).
 */
export function csv(field: string | number | null): string {
  if (field === null) return '';
  if (typeof field === 'number') return String(field);
  const text = plain(field);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
