'use client';

import { Checkbox } from '@mantine/core';
import { count } from '@/design/format';
import type { SamplesPageQuery } from '@/generated/graphql';
import { RANGE_WORDS } from '../range-words';
import { RANGES, SPLITS, statisticOf, type SampleView } from '../view';
import { Choices } from './Choices';
import { FilterMenu, inShort } from './FilterMenu';
import { RangeFilter } from './RangeFilter';
import { without } from './without';

type Statistics = Extract<SamplesPageQuery['node'], { __typename: 'DatasetVersion' }>['imageStatistics'];

interface Props {
  view: SampleView;
  statistics: Statistics;
  change: (view: SampleView) => void;
}

/** By what is measured of images, and by what the audit has found. */
export function ImageFilter({ view, statistics, change }: Props) {
  const chosen = [
    ...RANGES.filter((name) => view.ranges[name]).map((name) => RANGE_WORDS[name].toLowerCase()),
    ...(view.blank ? ['blank'] : []),
    ...(view.unreadable ? ['unreadable'] : []),
    ...(view.leakedFrom.length > 0 ? ['leaked'] : []),
  ];
  const known = RANGES.flatMap((name) => {
    const statistic = statistics.find((one) => one.statistic === statisticOf(name));
    // One value is no choice.
    if (statistic?.min == null || statistic.max == null || statistic.min === statistic.max) return [];
    return [{ ...statistic, name, min: statistic.min, max: statistic.max }];
  });
  return (
    <FilterMenu label="Image" chosen={inShort(chosen)} width={300}>
      {known.length === 0 && (
        <p className="muted" style={{ margin: 6 }}>
          The images have not been measured yet. An executor does it after the import.
        </p>
      )}
      {known.map(({ name, min, max, histogram }) => (
        <RangeFilter
          key={name}
          label={RANGE_WORDS[name]}
          min={min}
          max={max}
          whole={name === 'width' || name === 'height'}
          histogram={histogram}
          range={view.ranges[name]}
          choose={(range) => {
            change({ ...view, ranges: range ? { ...view.ranges, [name]: range } : without(view.ranges, name) });
          }}
        />
      ))}
      <div style={{ display: 'grid', gap: 8, padding: 4, borderTop: '1px solid var(--line)', marginTop: 6 }}>
        <Checkbox
          size="xs"
          mt={8}
          label="Shows nothing"
          checked={view.blank}
          onChange={(event) => change({ ...view, blank: event.currentTarget.checked })}
        />
        <Checkbox
          size="xs"
          label="Can not be read any more"
          checked={view.unreadable}
          onChange={(event) => change({ ...view, unreadable: event.currentTarget.checked })}
        />
      </div>
      <p className="muted" style={{ margin: '8px 4px 2px', fontSize: 12 }}>
        A duplicate stands in an earlier split:
      </p>
      <Choices
        label="A duplicate stands in"
        choices={SPLITS.slice(0, 2).map((split) => ({ value: split, label: split.toLowerCase() }))}
        chosen={view.leakedFrom}
        choose={(leakedFrom) => change({ ...view, leakedFrom })}
      />
      <p className="muted" style={{ margin: '6px 4px 0', fontSize: 11.5 }}>
        Measured: {count(Math.max(0, ...statistics.map((one) => one.count)))} images.
      </p>
    </FilterMenu>
  );
}
