/** A FER-2013 CSV with images of one grey each. */
export const HEADER = 'emotion,pixels,Usage';

export function pixels(value: number | string = 7, count = 2304): string {
  return Array<number | string>(count).fill(value).join(' ');
}

/** `rows` rows that are in order: emotions 0..6 in turn, Training, PublicTest and PrivateTest in turn, each its own grey. */
export function goodRows(rows: number): string[] {
  const usages = ['Training', 'PublicTest', 'PrivateTest'];
  return Array.from({ length: rows }, (_, i) => `${i % 7},${pixels(i % 256)},${usages[i % 3]!}`);
}

/** Rows whose images all differ. */
export function distinctRows(rows: number): string[] {
  return Array.from({ length: rows }, (_, i) => `${i % 7},${i >> 8} ${i & 255} ${pixels(9, 2302)},PrivateTest`);
}

export const csv = (...lines: string[]): Buffer => Buffer.from(`${lines.join('\n')}\n`);
