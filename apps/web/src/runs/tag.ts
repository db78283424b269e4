export interface Tag {
  key: string;
  /** Empty for a word alone. */
  value: string;
}

/** 'stage=final' -> { key: 'stage', value: 'final' }; undefined where there is no key. */
export function readTag(text: string): Tag | undefined {
  const [key = '', ...value] = text.split('=');
  return key.trim() === '' ? undefined : { key: key.trim(), value: value.join('=').trim() };
}
