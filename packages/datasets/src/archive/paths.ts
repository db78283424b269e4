/**
 * A path inside an archive in its one plain form: `/` between the parts, no `.` and no empty parts, composed Unicode.
 * @returns undefined when it leads out of the archive or has a character that no file name should have
 */
export function safePath(path: string): string | undefined {
  const text = path.replaceAll('\\', '/').normalize('NFC');
  if (text.startsWith('/') || /^[A-Za-z]:/.test(text) || hasControl(text)) return undefined;
  const parts = text.split('/').filter((part) => part !== '' && part !== '.');
  return parts.length === 0 || parts.includes('..') ? undefined : parts.join('/');
}

/** Files that systems and editors leave in folders, and texts about the whole. */
export function isClutter(path: string): boolean {
  const parts = path.split('/');
  const name = parts.at(-1)!;
  return (
    parts.some((part) => part.startsWith('.') || part === '__MACOSX') ||
    /^(thumbs\.db|ehthumbs\.db|desktop\.ini)$/i.test(name) ||
    /^(readme|licen[cs]e|notice)(\.(md|txt|rst|html))?$/i.test(name)
  );
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code === 127) return true;
  }
  return false;
}
