'use client';

import { Button, NumberInput, Switch, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { perform } from '@/design/perform';
import { tellDone } from '@/design/tell';
import { useForm } from '@/design/use-form';
import type { CompetitionRuleFragment } from '@/generated/graphql';
import styles from './BoardForm.module.css';
import { RevealCompetition, SetCompetition } from './competition.graphql';

interface Props {
  boardId: string;
  competition: CompetitionRuleFragment | null | undefined;
}

const SHOWN = ['opensAt', 'closesAt', 'publicShare', 'dailyLimit'].map((field) => `input.${field}`);

/** `2026-11-24T20:20` of a field, which is UTC, as the API takes it. */
const momentOf = (text: string): string => (text === '' ? '' : `${text}:00Z`);
const fieldOf = (moment: string | null | undefined): string => moment?.slice(0, 16) ?? '';

/** The rule under which a board takes submissions, for admins. */
export function CompetitionForm({ boardId, competition }: Props) {
  const router = useRouter();
  const [revealing, setRevealing] = useState(false);
  const form = useForm({
    document: SetCompetition,
    variables: (field) => ({
      input: {
        leaderboardId: boardId,
        closesAt: momentOf(field('closesAt')),
        ...(field('opensAt') !== '' && { opensAt: momentOf(field('opensAt')) }),
        publicShare: Number(field('publicShare')) / 100,
        dailyLimit: Number(field('dailyLimit')),
        revealAtClose: field('revealAtClose') === 'on',
      },
    }),
    done: () => {
      tellDone(competition ? 'The rule is changed.' : 'It takes submissions now.');
      router.refresh();
    },
  });
  const reveal = async (): Promise<void> => {
    setRevealing(true);
    const input = { leaderboardId: boardId };
    const done = await perform(RevealCompetition, { input }, 'The private part was not revealed');
    setRevealing(false);
    if (done) router.refresh();
  };
  const elsewhere = form.elsewhere(SHOWN);
  return (
    <form onSubmit={form.onSubmit} className="stack" style={{ gap: 14 }}>
      <div className={styles.pair}>
        <TextInput
          type="datetime-local"
          name="opensAt"
          label="Opens, UTC"
          description="At once unless given."
          defaultValue={fieldOf(competition?.opensAt)}
          error={form.at('input.opensAt')}
        />
        <TextInput
          type="datetime-local"
          name="closesAt"
          label="Closes, UTC"
          description="Nothing is taken from then on."
          required
          defaultValue={fieldOf(competition?.closesAt)}
          error={form.at('input.closesAt')}
        />
        <NumberInput
          name="publicShare"
          label="Public part, %"
          description="By which it ranks until the end."
          min={5}
          max={95}
          disabled={(competition?.submissions ?? 0) > 0}
          defaultValue={Math.round((competition?.publicShare ?? 0.5) * 100)}
          error={form.at('input.publicShare')}
        />
        <NumberInput
          name="dailyLimit"
          label="Submissions a day"
          description="Of one entrant."
          min={1}
          max={1000}
          defaultValue={competition?.dailyLimit ?? 5}
          error={form.at('input.dailyLimit')}
        />
      </div>
      <Switch
        name="revealAtClose"
        label="Closing reveals the private part"
        description="Else somebody has to."
        defaultChecked={competition?.revealAtClose ?? true}
      />
      {elsewhere !== undefined && (
        <p role="alert" style={{ margin: 0, color: 'var(--mantine-color-error)' }}>
          {elsewhere}
        </p>
      )}
      <div className="row">
        <Button type="submit" loading={form.busy}>
          {competition ? 'Save' : 'Take submissions'}
        </Button>
        {competition?.state === 'CLOSED' && (
          <Button variant="default" loading={revealing} onClick={() => void reveal()}>
            Reveal the private part
          </Button>
        )}
      </div>
    </form>
  );
}
