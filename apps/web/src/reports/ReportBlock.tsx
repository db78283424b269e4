import Link from 'next/link';
import type { ReportBlockFragment } from '@/generated/graphql';
import { Thumbnail } from '@/samples/Thumbnail';
import styles from './Report.module.css';
import { ReportTable } from './ReportTable';

type Pairs = Extract<ReportBlockFragment, { __typename: 'ReportPictures' }>['pairs'];

/** A part of a report, of whatever kind. */
export function ReportBlock({ block }: { block: ReportBlockFragment }) {
  switch (block.__typename) {
    case 'ReportText':
      return (
        <div className={styles.block}>
          <p style={{ margin: 0 }}>{block.text}</p>
        </div>
      );
    case 'ReportList':
      return (
        <div className={styles.block}>
          <ul className={styles.items}>
            {block.items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </div>
      );
    case 'ReportFacts':
      return (
        <dl className={`${styles.block} ${styles.facts}`}>
          {block.facts.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      );
    case 'ReportDrawing':
      return (
        <figure className={styles.drawing} tabIndex={0}>
          {/* Drawn by the API, which escapes the names in it. */}
          <div dangerouslySetInnerHTML={{ __html: block.svg }} />
          <figcaption>{block.caption}</figcaption>
        </figure>
      );
    case 'ReportPictures':
      return <Pictures pairs={block.pairs} />;
    case 'ReportTable':
      return <ReportTable table={block} />;
  }
}

const Pictures = ({ pairs }: { pairs: Pairs }) => (
  <ul className={`${styles.block} ${styles.pictures}`}>
    {pairs.map(({ urls, caption, path }) => (
      <li key={caption}>
        <div>
          {urls.map((url, i) => (
            <Thumbnail key={i} url={url} />
          ))}
        </div>
        <small>
          <Link href={path} prefetch={false}>
            {caption}
          </Link>
        </small>
      </li>
    ))}
  </ul>
);
