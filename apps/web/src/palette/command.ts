import type { Icon } from '@tabler/icons-react';

/** Something that the palette can do, or to which it leads. */
export interface Command {
  id: string;
  label: string;
  /** Beside the label: of which experiment, in which version. */
  detail?: string;
  /** Other words by which it is found. */
  words?: string;
  /** The shortcut that does the same. */
  keys?: string;
  Icon: Icon;
  /** An address, or what is done. */
  does: string | (() => void);
}

export interface CommandGroup {
  name: string;
  commands: readonly Command[];
}

/** Those of which each word of the text begins some word; what begins with the whole text goes first. */
export function narrowed(commands: readonly Command[], text: string): Command[] {
  const wanted = text.trim().toLowerCase();
  const words = wordsOf(wanted);
  const begins = ({ label }: Command): number => (label.toLowerCase().startsWith(wanted) ? 0 : 1);
  return commands
    .filter(({ label, detail = '', words: others = '' }) => {
      const all = wordsOf(`${label} ${detail} ${others}`.toLowerCase());
      return words.every((word) => all.some((other) => other.startsWith(word)));
    })
    .sort((a, b) => begins(a) - begins(b));
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** 'run 42', '#42' and '42' -> '42'; undefined for what is no number of a run. */
export const runNumber = (text: string): string | undefined =>
  /^(?:run[\s_]*)?#?([1-9]\d{0,17})$/i.exec(text.trim())?.[1];
