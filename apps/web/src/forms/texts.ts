import type { FieldKind } from './fields';

/** A value as a person writes it. */
export function toText(kind: FieldKind, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.join(kind === 'lines' ? '\n' : ', ');
  if (kind === 'words' && typeof value === 'object') {
    return Object.entries(value as Record<string, readonly string[]>)
      .map(([label, words]) => `${label}: ${words.join(', ')}`)
      .join('\n');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a text stands for; undefined when it says nothing. What is no number stays a text, at which the API points. */
export function fromText(kind: FieldKind, text: string): unknown {
  if (text.trim() === '') return undefined;
  switch (kind) {
    case 'number':
      return numberOr(text);
    case 'numbers':
      return parts(text, /[,;\s]+/).map(numberOr);
    case 'lines':
      return parts(text, text.includes('\n') ? /\n/ : /[,\n]/);
    case 'words':
      return Object.fromEntries(
        parts(text, /\n/).map((line) => {
          const at = line.indexOf(':');
          return at < 0 ? [line, []] : [line.slice(0, at).trim(), parts(line.slice(at + 1), /,/)];
        }),
      );
    case 'text':
    case 'area':
    case 'choice':
    case 'switch':
      return text;
  }
}

const parts = (text: string, separator: RegExp): string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');

function numberOr(text: string): number | string {
  const value = Number(text.trim());
  return Number.isFinite(value) ? value : text;
}
