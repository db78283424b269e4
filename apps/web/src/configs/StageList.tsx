import type { StageCardFragment } from '@/generated/graphql';
import styles from './StageList.module.css';

/** What is done to a picture, one after the other. */
export function StageList({ stages, label }: { stages: readonly StageCardFragment[]; label: string }) {
  return (
    <ol className={styles.list} aria-label={label}>
      {stages.map(({ title, detail, text }, i) => (
        <li key={`${i} ${title}`} className={styles.stage}>
          <span className={styles.title}>{title}</span> <span className={styles.detail}>{detail}</span>
          {text != null && <div className={styles.text}>{text}</div>}
        </li>
      ))}
    </ol>
  );
}
