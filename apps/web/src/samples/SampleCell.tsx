import Link from 'next/link';
import { memo } from 'react';
import { bareId, count, percent } from '@/design/format';
import type { FoundSampleFragment } from '@/generated/graphql';
import { labelWords } from './label';
import styles from './Samples.module.css';
import { Thumbnail } from './Thumbnail';

interface Props {
  found: FoundSampleFragment | undefined;
  /** Among the samples of the view, from 0. */
  place: number;
  /** Of the view, with its `?`. */
  query: string;
  /** Whether the tab key leads here. */
  current: boolean;
  /** Names of the runs whose answers are shown, in their order. */
  runs: readonly string[];
}

/** A sample in the gallery: its picture, its class, and what runs say of it. Grey while it is on its way. */
export const SampleCell = memo(function SampleCell({ found, place, query, current, runs }: Props) {
  if (!found) return <span className={styles.picture} aria-hidden="true" />;
  const { node, answers } = found;
  const words = inWords(found, runs);
  return (
    <Link
      href={`/samples/${bareId(node.id)}${query}`}
      prefetch={false}
      className={styles.cell}
      data-place={place}
      tabIndex={current ? 0 : -1}
      aria-label={words}
      title={words}
    >
      <Thumbnail url={node.image.url} />
      <span className="truncate muted">{labelWords(node.label)}</span>
      {answers.length === 1 && (
        <span className={`truncate ${styles[kindOf(answers[0]!)]}`}>{answerInShort(answers[0]!)}</span>
      )}
      {answers.length > 1 && (
        <span className={styles.marks} aria-hidden="true">
          {answers.map((answer) => (
            <span key={answer.runId} className={`${styles.mark} ${styles[kindOf(answer)]}`} />
          ))}
        </span>
      )}
    </Link>
  );
});

type Answer = FoundSampleFragment['answers'][number];

/** Hidden labels make an answer neither right nor wrong. */
const kindOf = ({ predicted, correct }: Answer): 'right' | 'wrong' | 'none' =>
  predicted == null || correct == null ? 'none' : correct ? 'right' : 'wrong';

function answerInShort({ predicted, correct, confidence }: Answer): string {
  const said = correct ? '✓' : predicted == null ? 'no answer' : correct == null ? predicted : `✗ ${predicted}`;
  return confidence == null ? said : `${said} ${Math.round(confidence * 100)} %`;
}

/** Begins with what is seen, so that who speaks to the page can name it. */
function inWords({ node, answers }: FoundSampleFragment, runs: readonly string[]): string {
  const seen = [labelWords(node.label), ...(answers.length === 1 ? [answerInShort(answers[0]!)] : [])].join(' ');
  const said = answers.map(({ predicted, correct, confidence }, i) => {
    const sure = confidence == null ? '' : ` ${percent(confidence)} %`;
    return `${runs[i] ?? `run ${i + 1}`}: ${predicted ?? 'no answer'}${sure}${correct == null ? '' : correct ? ', right' : ', wrong'}`;
  });
  return [seen, `#${count(node.index)}, ${node.split.toLowerCase()}`, ...said].join('\n');
}
