import styles from './Groups.module.css';

/** A group of entries that can't be told apart, by the rows from its first to its last. */
export interface Group {
  letter: string;
  first: number;
  last: number;
}

/** Groups that are drawn; more are told as letters. */
const DRAWN = 10;

/** @param letters of each row, in the order of the rows */
export function groupsOf(letters: readonly (readonly string[])[]): Group[] {
  const all = [...new Set(letters.flat())];
  return all.slice(0, DRAWN).map((letter) => ({
    letter,
    first: letters.findIndex((of) => of.includes(letter)),
    last: letters.findLastIndex((of) => of.includes(letter)),
  }));
}

interface Props {
  groups: readonly Group[];
  letters: readonly string[];
  /** Of the row. */
  at: number;
}

/** A bar for each group, through the rows from its first to its last entry; open where an entry between is none of it. */
export function Groups({ groups, letters, at }: Props) {
  return (
    <>
      <span className={styles.bars} aria-hidden="true">
        {groups.map(({ letter, first, last }) => (
          <span
            key={letter}
            className={styles.bar}
            data-in={letters.includes(letter) || undefined}
            data-between={(at > first && at < last && !letters.includes(letter)) || undefined}
            data-first={at === first || undefined}
            data-last={at === last || undefined}
          />
        ))}
      </span>
      <span className={styles.letters}>{letters.join(' ')}</span>
    </>
  );
}
