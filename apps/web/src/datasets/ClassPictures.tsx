import Link from 'next/link';
import { bareId, count } from '@/design/format';
import { readOnServer } from '@/graphql/server';
import { FoundSamples } from '@/samples/documents';
import { Thumbnail } from '@/samples/Thumbnail';
import { EVERYTHING, writeView } from '@/samples/view';
import styles from './Datasets.module.css';

/** Classes of which pictures are shown; a thousand would be no overview. */
const MOST = 12;
const PICTURES = 24;

/** The first pictures of each class, in a line each. */
export async function ClassPictures({ versionId, labels }: { versionId: string; labels: readonly string[] }) {
  const shown = labels.slice(0, MOST);
  const found = await Promise.all(
    shown.map((label) =>
      readOnServer(FoundSamples, { id: versionId, filter: { labels: [label] }, first: PICTURES, skip: 0 }),
    ),
  );
  const gallery = `/datasets/${bareId(versionId)}/samples`;
  return (
    <div className="panel" style={{ display: 'grid', gap: 8, padding: 12 }}>
      {found.map(({ node }, i) => {
        const label = shown[i]!;
        const edges = node?.__typename === 'DatasetVersion' ? node.sampleSearch.edges : [];
        return (
          <div key={label} className={styles.line}>
            <Link
              href={`${gallery}${writeView({ ...EVERYTHING, labels: [label] })}`}
              className="truncate"
              title={label}
            >
              {label}
            </Link>
            <div className={styles.strip}>
              {edges.map(({ node: sample }) => (
                <Link
                  key={sample.id}
                  href={`/samples/${bareId(sample.id)}${writeView({ ...EVERYTHING, labels: [label] })}`}
                  prefetch={false}
                  tabIndex={-1}
                  aria-label={`Sample ${count(sample.index)}, ${label}`}
                >
                  <Thumbnail url={sample.image.url} />
                </Link>
              ))}
            </div>
          </div>
        );
      })}
      {labels.length > MOST && (
        <p className="muted" style={{ margin: 0, fontSize: 12.5 }}>
          The first {MOST} of {count(labels.length)} classes.
        </p>
      )}
    </div>
  );
}
