import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { BoardHeadFragment } from '@/generated/graphql';
import styles from './Checks.module.css';

/** What to know before believing a ranking, the gravest first. */
export function Checks({ checks }: { checks: NonNullable<BoardHeadFragment['result']>['checks'] }) {
  if (checks.length === 0) return null;
  return (
    <section aria-label="Checks" className="panel" style={{ padding: '10px 16px' }}>
      <ul className={styles.checks}>
        {checks.map(({ code, level, message }) => {
          const warns = level === 'WARNING';
          const Icon = warns ? IconAlertTriangle : IconInfoCircle;
          return (
            <li key={code} data-warns={warns || undefined}>
              <Icon size={16} stroke={1.75} aria-hidden="true" />
              <span>
                {warns && <span className="visually-hidden">Mind: </span>}
                {message}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
