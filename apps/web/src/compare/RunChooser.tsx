'use client';

import { ActionIcon, Select, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconStar, IconStarFilled, IconX } from '@tabler/icons-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { LineSample } from '@/charts/Legend';
import { bareId, percent } from '@/design/format';
import { useRead } from '@/design/use-read';
import type { ComparedExperimentFragment, RunsToCompareQuery } from '@/generated/graphql';
import styles from './RunChooser.module.css';
import { RunsToCompare } from './documents';
import type { NamedRun } from './named-run';
import { NumberedName } from './NumberedName';
import { addressOf, MOST_RUNS, without, type Selection } from './selection';

type Found = Extract<RunsToCompareQuery['node'], { __typename: 'Project' }>['runs']['edges'][number]['node'];

const TYPING_MILLISECONDS = 250;

interface Props {
  runs: readonly NamedRun[];
  /** None while there is but one run. */
  selection: Selection | undefined;
  /** That of the runs: only runs on the same samples can stand beside them. */
  experiment: ComparedExperimentFragment;
}

/** Which runs are compared, and with which of them. */
export function RunChooser({ runs, selection, experiment }: Props) {
  const router = useRouter();
  return (
    <section className={styles.chooser} aria-label="Runs that are compared">
      <ul>
        {runs.map(({ id, name, bareName, place }) => {
          const bare = bareId(id);
          const isReference = selection?.reference === bare;
          return (
            <li key={id}>
              <LineSample place={place} />
              <Link href={`/runs/${bare}`} className={styles.name} title={name}>
                <NumberedName id={id} name={bareName} />
              </Link>
              {selection && (
                <>
                  <UnstyledButton
                    className={styles.star}
                    aria-pressed={isReference}
                    aria-label={`${name} is the reference`}
                    title={isReference ? 'The reference' : 'Make it the reference'}
                    onClick={() =>
                      router.push(addressOf({ ...selection, reference: bare, beside: selection.reference }), {
                        scroll: false,
                      })
                    }
                    disabled={isReference}
                  >
                    {isReference ? <IconStarFilled size={14} /> : <IconStar size={14} />}
                  </UnstyledButton>
                  <ActionIcon
                    size="xs"
                    variant="subtle"
                    color="gray"
                    aria-label={`Take ${name} out`}
                    onClick={() => router.push(without(selection, bare), { scroll: false })}
                  >
                    <IconX size={12} aria-hidden="true" />
                  </ActionIcon>
                </>
              )}
            </li>
          );
        })}
        {runs.length < MOST_RUNS && (
          <li className={styles.add}>
            <AddRun runs={runs} selection={selection} experiment={experiment} />
          </li>
        )}
      </ul>
    </section>
  );
}

function AddRun({ runs, selection, experiment }: Props) {
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, TYPING_MILLISECONDS);
  const [wanted, setWanted] = useState(false);
  const { data, error } = useRead(
    RunsToCompare,
    wanted ? { projectId: experiment.project.id, text: text.trim() === '' ? null : text.trim() } : undefined,
  );
  const present = runs.map(({ id }) => bareId(id));
  const found =
    data?.node?.__typename === 'Project'
      ? data.node.runs.edges.map(({ node }) => node).filter(({ id }) => !present.includes(bareId(id)))
      : [];
  const fits = (run: Found): boolean =>
    run.evaluation != null &&
    run.experiment.datasetVersion?.id === experiment.datasetVersion?.id &&
    run.experiment.split === experiment.split;
  const optionOf = (run: Found, disabled: boolean) => ({ value: bareId(run.id), label: labelOf(run), disabled });
  const [comparable, others] = [found.filter(fits), found.filter((run) => !fits(run))];
  return (
    <Select
      size="xs"
      w={250}
      aria-label="Add a run"
      placeholder="Add a run …"
      searchable
      value={null}
      searchValue={typed}
      onSearchChange={setTyped}
      onFocus={() => setWanted(true)}
      // The server has searched; what it found is shown.
      filter={({ options }) => options}
      data={[
        { group: 'On these samples', items: comparable.map((run) => optionOf(run, false)) },
        { group: 'On other samples: not comparable', items: others.map((run) => optionOf(run, true)) },
      ].filter(({ items }) => items.length > 0)}
      nothingFoundMessage={error ?? (data ? 'No finished run fits.' : 'Searching …')}
      onChange={(id) => {
        if (id === null) return;
        setTyped('');
        const next = { ...selection, runs: [...present, id] };
        router.push(addressOf(next), { scroll: false });
      }}
    />
  );
}

const labelOf = ({ id, name, evaluation, experiment }: Found): string =>
  [
    `${name} #${bareId(id)}`,
    evaluation?.accuracy.value == null ? undefined : `${percent(evaluation.accuracy.value)} %`,
    experiment.name,
  ]
    .filter(Boolean)
    .join(' · ');
