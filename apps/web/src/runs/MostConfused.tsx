import Link from 'next/link';
import { count, percent } from '@/design/format';
import { mostConfused, type Matrix } from './confusion';
import { writeFilter } from './filter';

const SHOWN = 5;

/** The mistakes that are made most often, in words. */
export function MostConfused({ matrix, pathname }: { matrix: Matrix; pathname: string }) {
  const found = mostConfused(matrix, SHOWN);
  if (found.length === 0) return null;
  return (
    <div>
      <h3 className="muted" style={{ fontSize: 12.5, fontWeight: 550, margin: '4px 0' }}>
        Most often mistaken
      </h3>
      <ol style={{ margin: 0, padding: 0, listStyle: 'none', display: 'flex', flexWrap: 'wrap', gap: '4px 18px' }}>
        {found.map(({ truth, predicted, samples, share }) => (
          <li key={`${truth} ${predicted}`} style={{ fontSize: 13 }}>
            <Link href={`${pathname}${writeFilter({ truth, predicted })}`}>
              {truth} → {predicted}
            </Link>{' '}
            <span className="muted number">
              {count(samples)}, {percent(share)} %
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
