'use client';

import { useLocalStorage } from '@mantine/hooks';
import { Button } from '@mantine/core';
import { IconUnlink } from '@tabler/icons-react';
import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Empty } from '@/design/Empty';
import type { ChosenRunFragment, SamplesPageQuery } from '@/generated/graphql';
import { bareId } from '@/design/format';
import { FilterBar } from './filters/FilterBar';
import { PAGE } from './page-size';
import { SamplePages } from './sample-pages';
import { SampleGrid } from './SampleGrid';
import styles from './Samples.module.css';
import { useSamplePages } from './use-sample-pages';
import { EVERYTHING, readView, withLabels, writeView, type SampleView } from './view';

type Version = Extract<SamplesPageQuery['node'], { __typename: 'DatasetVersion' }>;

interface Props {
  version: Version;
  /** What the server has rendered. */
  view: SampleView;
  /** Place of its first sample. */
  skip: number;
  /** Place to begin at. */
  at: number;
  runs: readonly ChosenRunFragment[];
  /** Why what the address asks for can't be shown, so that `view` is another one. */
  problem?: string;
}

const DEFAULT_SIZE = 88;

/** A version's samples: what to look at, and all of them that fit. */
export function SampleBrowser({ version, view: rendered, skip, at, runs: known, problem }: Props) {
  const [first] = useState(() => {
    const pages = new SamplePages(version.id, rendered);
    pages.give(skip / PAGE, version.sampleSearch);
    return pages;
  });
  const [view, show, moved] = useView(version.labels, rendered);
  const { pages, waiting } = useSamplePages(writeView(view), first);
  const [named, setNamed] = useState(known);
  const [size, setSize] = useLocalStorage({ key: 'samplewise-sample-size', defaultValue: DEFAULT_SIZE });
  const runs = view.runs.map(
    (run) => named.find(({ id }) => bareId(id) === run) ?? { ...UNKNOWN, id: `Run_${run}`, name: `run ${run}` },
  );
  const query = writeView(pages.view);
  const head = useRef<HTMLElement>(null);
  const seen = useRef(query);
  useEffect(() => {
    // Another view begins with its first sample.
    if (seen.current !== query && (head.current?.getBoundingClientRect().top ?? 0) < 0) head.current?.scrollIntoView();
    seen.current = query;
  }, [query]);
  return (
    <section ref={head} aria-label="Samples" className="stack" style={{ gap: 12 }}>
      {problem !== undefined && !moved && (
        <div role="alert" className="panel row" style={{ gap: 10 }}>
          <IconUnlink size={18} aria-hidden="true" style={{ color: 'var(--wrong)' }} />
          <span>
            <strong>This view is no longer there.</strong> {problem} All samples are shown instead.
          </span>
        </div>
      )}
      <FilterBar
        version={version}
        view={view}
        runs={runs}
        total={pages.total}
        change={show}
        chooseRuns={(chosen) => {
          setNamed(chosen);
          show(withRuns(view, chosen));
        }}
        size={size}
        resize={setSize}
      />
      {pages.error !== undefined && (
        <div role="alert" className="panel row spread">
          <span>The samples could not be read: {pages.error}</span>
          <span className="row">
            <Button size="xs" variant="default" onClick={() => pages.again()}>
              Try again
            </Button>
            <Button size="xs" variant="default" onClick={() => show(EVERYTHING)}>
              Show all samples
            </Button>
          </span>
        </div>
      )}
      {pages.total === 0 && (
        <Empty title="No sample fits.">
          <Button size="xs" variant="light" onClick={() => show({ ...EVERYTHING, runs: view.runs })}>
            Clear the filter
          </Button>
        </Empty>
      )}
      <div className={waiting ? styles.waiting : undefined} aria-busy={waiting}>
        <SampleGrid
          pages={pages}
          size={size}
          query={query}
          runs={runs.map(({ name }) => name)}
          at={pages === first ? at : 0}
          opens={(place) => rememberPlace(query, place)}
        />
      </div>
    </section>
  );
}

/**
 * The view in the address, how to show another one, and whether that was done. The page stays: what fits comes from the
 * API by itself. The address follows a moment later, for which what was chosen is not to wait.
 * @param rendered by the server; what an old address asks for may be gone
 */
function useView(
  labels: readonly string[],
  rendered: SampleView,
): [view: SampleView, show: (view: SampleView) => void, moved: boolean] {
  const params = useSearchParams();
  const there = writeView(withLabels(readView(new URLSearchParams(params)), labels));
  const [asked, setAsked] = useState<{ from: string; to: string } | undefined>({
    from: there,
    to: writeView(rendered),
  });
  const [first] = useState(asked);
  // Once the address has moved it says what is shown; going back in it would show what was asked from there otherwise.
  if (asked && asked.from !== there) setAsked(undefined);
  const here = asked?.from === there ? asked.to : there;
  const show = (next: SampleView): void => {
    const to = writeView(next);
    setAsked({ from: there, to });
    window.history.pushState(null, '', to === '' ? location.pathname : to);
  };
  return [readView(new URLSearchParams(here)), show, asked !== first];
}

const UNKNOWN = { status: 'FINISHED', experiment: { name: '', split: null } } as const;

/** Conditions on answers go with the runs that they are about. */
function withRuns(view: SampleView, runs: readonly ChosenRunFragment[]): SampleView {
  const next = { ...view, runs: runs.map(({ id }) => bareId(id)) };
  return readView(new URLSearchParams(writeView(next)));
}

/** So that the way back from a sample leads to where it was. */
function rememberPlace(query: string, place: number): void {
  const params = new URLSearchParams(query);
  if (place > 0) params.set('at', String(place));
  const text = params.toString();
  window.history.replaceState(window.history.state, '', text === '' ? location.pathname : `?${text}`);
}
