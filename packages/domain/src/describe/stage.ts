/** One thing that is done to a picture, or with what is known of it, told to people. */
export interface Stage {
  /** Some words, such as `Resize`. */
  title: string;
  /** A sentence or less: to what size, with which numbers. */
  detail: string;
  /** What is said to the model, word by word. */
  text: string | null;
}

export const stage = (title: string, detail: string, text: string | null = null): Stage => ({ title, detail, text });

const NUMBER = new Intl.NumberFormat('en', { maximumSignificantDigits: 4, useGrouping: false });

/** 0.48145466 -> `0.4815` */
export const short = (value: number): string => NUMBER.format(value);
