import Link from 'next/link';
import type { ReactNode } from 'react';
import { Digest } from '@/design/Digest';
import { bareId, count } from '@/design/format';
import { ProjectFrame } from '@/design/ProjectFrame';
import { homeOf } from '@/design/sections';
import { RelativeTime } from '@/design/RelativeTime';
import type { VersionHeadFragment } from '@/generated/graphql';
import styles from './VersionFrame.module.css';
import { VersionSwitcher } from './VersionSwitcher';

const TABS = [
  { tab: 'overview', label: 'Overview', path: '' },
  { tab: 'audit', label: 'Audit', path: '/audit' },
  { tab: 'samples', label: 'Samples', path: '/samples' },
] as const;

export type VersionTab = (typeof TABS)[number]['tab'];

interface Props {
  version: VersionHeadFragment;
  tab: VersionTab;
  /** What the audit has found, beside its tab. */
  doubts?: number;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page about a dataset version: which one, and what can be looked at of it. */
export function VersionFrame({ version, tab, doubts, actions, children }: Props) {
  const { dataset, id } = version;
  const { project } = dataset;
  const hidden = version.hiddenLabels.filter(({ shownAt }) => shownAt == null).map(({ split }) => split.toLowerCase());
  return (
    <ProjectFrame
      project={project}
      section="datasets"
      crumbs={[{ label: 'Datasets', href: `${homeOf(project)}/datasets` }]}
      title={
        <>
          {dataset.name}, {version.name}
        </>
      }
      about={
        <span className="row" style={{ gap: '2px 8px' }}>
          <VersionSwitcher
            current={bareId(id)}
            number={version.number}
            versions={dataset.versions.edges.map(({ node }) => ({ ...node, id: bareId(node.id) }))}
            path={TABS.find((one) => one.tab === tab)!.path}
          />
          <span>· {count(version.sampleCount)} samples</span>
          {hidden.length > 0 && (
            <span title="Only admins and owners of the team see them.">· labels of {hidden.join(' and ')} hidden</span>
          )}
          <span>
            · imported <RelativeTime value={version.createdAt} />
          </span>
          <span>
            · digest <Digest value={version.digest} />
          </span>
        </span>
      }
      actions={actions}
    >
      <nav className={styles.tabs} aria-label="Parts of the version">
        {TABS.map(({ tab: one, label, path }) => (
          <Link key={one} href={`/datasets/${bareId(id)}${path}`} aria-current={one === tab ? 'page' : undefined}>
            {label}
            {one === 'audit' && doubts !== undefined && doubts > 0 && (
              <span className={styles.count}>{count(doubts)}</span>
            )}
          </Link>
        ))}
      </nav>
      {children}
    </ProjectFrame>
  );
}
