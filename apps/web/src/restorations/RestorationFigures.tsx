import Link from 'next/link';
import { bareId, count, duration, figure } from '@/design/format';
import type { RestorationPageQuery } from '@/generated/graphql';

type Usage = Extract<RestorationPageQuery['node'], { __typename: 'RestorationConfig' }>['usage'];

/** What runs log of a restoration, with its words for people. */
const FIGURES: Readonly<Record<string, string>> = {
  'restoration/sharpness_change': 'Change of sharpness',
  'restoration/noise_change': 'Change of noise',
  'restoration/brightness_change': 'Change of brightness',
  'restoration/contrast_change': 'Change of contrast',
  'restoration/samples_with_faces': 'Share of samples with faces',
};

/** What a restoration did in its runs: how much came from the cache, what it cost, what it changed. */
export function RestorationFigures({ usage }: { usage: Usage }) {
  const { runs, samples, cached, seconds, latestRun } = usage;
  if (samples === 0) return null;
  const figures = (latestRun?.metrics ?? []).filter(
    (metric): metric is { key: string; last: number } => metric.key in FIGURES && typeof metric.last === 'number',
  );
  return (
    <dl className="facts">
      <dt>Pictures prepared</dt>
      <dd>
        {count(samples)} in {count(runs)} {runs === 1 ? 'run' : 'runs'}
      </dd>
      <dt>Found restored</dt>
      <dd>
        {count(cached)} ({((100 * cached) / samples).toFixed(0)} %)
      </dd>
      <dt>Preparation</dt>
      <dd>
        {duration(seconds)}, {figure((1000 * seconds) / samples)} ms a picture
      </dd>
      {figures.map(({ key, last }) => (
        <Fact key={key} name={FIGURES[key]!} value={key.endsWith('_change') ? signed(last) : figure(last)} />
      ))}
      {figures.length > 0 && latestRun && (
        <>
          <dt className="muted">Figures of</dt>
          <dd>
            <Link href={`/runs/${bareId(latestRun.id)}`}>{latestRun.name}</Link>, means over its samples
          </dd>
        </>
      )}
    </dl>
  );
}

const signed = (value: number): string => (value > 0 ? `+${figure(value)}` : figure(value));

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
