'use client';

import { Button, Slider } from '@mantine/core';
import { count } from '@/design/format';
import type { ChosenRunFragment, SamplesPageQuery } from '@/generated/graphql';
import styles from '../Samples.module.css';
import { conditionCount, EVERYTHING, SPLITS, type SampleView } from '../view';
import { AnswerFilter } from './AnswerFilter';
import { Choices } from './Choices';
import { FilterMenu, inShort } from './FilterMenu';
import { ImageFilter } from './ImageFilter';
import { OrderSelect } from './OrderSelect';
import { RunFilter } from './RunFilter';

type Version = Extract<SamplesPageQuery['node'], { __typename: 'DatasetVersion' }>;

interface Props {
  version: Pick<Version, 'id' | 'labels' | 'classBalance' | 'imageStatistics' | 'sampleCount'>;
  view: SampleView;
  runs: readonly ChosenRunFragment[];
  /** Samples that fit; undefined while it is not known. */
  total: number | undefined;
  change: (view: SampleView) => void;
  chooseRuns: (runs: ChosenRunFragment[]) => void;
  size: number;
  resize: (size: number) => void;
}

/** Everything that a gallery can be narrowed by, what is chosen of it, and how many samples are left. */
export function FilterBar({ version, view, runs, total, change, chooseRuns, size, resize }: Props) {
  const { labels, classBalance } = version;
  const samplesOf = (fits: (one: (typeof classBalance)[number]) => boolean): number =>
    classBalance.filter(fits).reduce((sum, one) => sum + one.count, 0);
  const splits = SPLITS.filter((split) => samplesOf((one) => one.split === split) > 0);
  return (
    <div className={styles.bar} role="toolbar" aria-label="Filter">
      <FilterMenu label="Split" chosen={inShort(view.splits.map((split) => split.toLowerCase()))} width={220}>
        <Choices
          label="Split"
          choices={splits.map((split) => ({
            value: split,
            label: split.toLowerCase(),
            samples: samplesOf((one) => one.split === split),
          }))}
          chosen={view.splits}
          choose={(chosen) => change({ ...view, splits: chosen })}
        />
      </FilterMenu>
      <FilterMenu label="Truth" chosen={inShort(view.labels)} width={240}>
        <Choices
          label="Truth"
          choices={labels.map((label) => ({
            value: label,
            label,
            samples: samplesOf((one) => one.label === label),
          }))}
          chosen={view.labels}
          choose={(chosen) => change({ ...view, labels: chosen })}
        />
      </FilterMenu>
      <ImageFilter view={view} statistics={version.imageStatistics} change={change} />
      <RunFilter versionId={version.id} runs={runs} choose={chooseRuns} />
      <AnswerFilter view={view} labels={labels} runs={runs.map(({ name }) => name)} change={change} />
      <OrderSelect view={view} change={change} />
      {conditionCount(view) > 0 && (
        <Button
          size="xs"
          variant="subtle"
          onClick={() => change({ ...EVERYTHING, runs: view.runs, order: view.order })}
        >
          Clear
        </Button>
      )}
      <span className="row" style={{ marginLeft: 'auto', flexWrap: 'nowrap', gap: 14 }}>
        <span className="muted number" aria-live="polite" style={{ fontSize: 13 }}>
          {total === undefined
            ? ''
            : total === version.sampleCount
              ? count(total)
              : `${count(total)} of ${count(version.sampleCount)}`}
        </span>
        <Slider
          size="xs"
          w={96}
          min={48}
          max={224}
          step={8}
          label={null}
          value={size}
          onChange={resize}
          thumbLabel="Size of the pictures"
        />
      </span>
    </div>
  );
}
