'use client';

import { Badge, Button } from '@mantine/core';
import { useState } from 'react';
import { count } from '@/design/format';
import { tellProblem } from '@/design/tell';
import type { AuditPageQuery, DuplicateCardFragment, DuplicateKind } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { PictureLink } from '@/samples/PictureLink';
import { MoreDuplicates } from './audit.graphql';
import { groupsOf, type AuditView } from './audit-view';
import styles from './Datasets.module.css';

type Groups = Extract<AuditPageQuery['node'], { __typename: 'DatasetVersion' }>['duplicates'];

const PAGE = 60;
const KIND_WORDS: Record<DuplicateKind, string> = { EXACT: 'same bytes', ALIKE: 'same hash', NEAR: 'look alike' };

/** Groups of duplicates with their pictures, page by page. Another view needs another `key`. */
export function DuplicateGroups({ versionId, view, first }: { versionId: string; view: AuditView; first: Groups }) {
  const [pages, setPages] = useState([first]);
  const [loading, setLoading] = useState(false);
  const last = pages.at(-1)!;
  const more = async (): Promise<void> => {
    setLoading(true);
    const variables = { id: versionId, ...groupsOf(view), first: PAGE, after: last.pageInfo.endCursor };
    const { data, error } = await browserClient().query(MoreDuplicates, variables).toPromise();
    setLoading(false);
    if (data?.node?.__typename === 'DatasetVersion') setPages([...pages, data.node.duplicates]);
    else tellProblem('More groups could not be read', error?.message ?? 'No answer came.');
  };
  return (
    <>
      <ul className={styles.groups} aria-label="Groups of duplicates">
        {pages.flatMap((page) =>
          page.edges.map(({ node }) => <Group key={node.samples.map(({ id }) => id).join(' ')} group={node} />),
        )}
      </ul>
      {last.pageInfo.hasNextPage && (
        <Button variant="light" loading={loading} onClick={() => void more()} style={{ alignSelf: 'center' }}>
          More groups
        </Button>
      )}
    </>
  );
}

function Group({ group }: { group: DuplicateCardFragment }) {
  const { kind, distance, size, labels, samples } = group;
  const conflict = labels.length > 1;
  return (
    <li className="panel" style={{ padding: 12 }}>
      <div className="row" style={{ gap: 6 }}>
        <Badge variant="light" color={kind === 'EXACT' ? 'indigo' : 'gray'} radius="sm" tt="none">
          {KIND_WORDS[kind]}
          {kind === 'NEAR' && `: ${distance} bits`}
        </Badge>
        {conflict && (
          <span style={{ color: 'var(--wrong)', fontSize: 12.5, fontWeight: 600 }}>{labels.join(' or ')}?</span>
        )}
        {size > samples.length && (
          <span className="muted" style={{ fontSize: 12.5 }}>
            {count(size)} samples, of which these are the first
          </span>
        )}
      </div>
      <ul className={styles.pictures}>
        {samples.map((sample) => (
          <li key={sample.id}>
            <PictureLink sample={sample} doubtful={{ label: conflict }} />
          </li>
        ))}
      </ul>
    </li>
  );
}
