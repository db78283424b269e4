'use client';

import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { ConfigFields } from '@/forms/ConfigFields';
import { getAt, setAt, type Draft } from '@/forms/paths';
import { problemAt } from '@/forms/problems';
import type { ProblemFragment } from '@/generated/graphql';
import { MISSING } from '@/models/files-of-draft';
import { FileField } from '@/uploads/FileField';
import { kindOfStep } from './step-kinds';
import styles from './Steps.module.css';

interface Props {
  at: number;
  of: number;
  step: Draft;
  problems: readonly ProblemFragment[];
  /** Where the step stands in the input. */
  place: string;
  change: (step: Draft) => void;
  move: (by: 1 | -1) => void;
  remove: () => void;
}

/** One step of a restoration: its files, its fields, its place among the others. */
export function StepEditor({ at, of, step, problems, place, change, move, remove }: Props) {
  const kind = kindOfStep(step);
  const title = kind?.title ?? String(step.kind);
  return (
    <li className={styles.step} aria-label={`Step ${at + 1}: ${title}`}>
      <div className="row spread" style={{ flexWrap: 'nowrap' }}>
        <span style={{ fontWeight: 600 }}>
          <span className={styles.number}>{at + 1}</span> {title}
        </span>
        <span className="row" style={{ gap: 4, flexWrap: 'nowrap' }}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Move step ${at + 1} up`}
            disabled={at === 0}
            onClick={() => move(-1)}
          >
            <IconArrowUp size={16} stroke={1.75} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Move step ${at + 1} down`}
            disabled={at === of - 1}
            onClick={() => move(1)}
          >
            <IconArrowDown size={16} stroke={1.75} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove step ${at + 1}`} onClick={remove}>
            <IconTrash size={16} stroke={1.75} />
          </ActionIcon>
        </span>
      </div>
      {kind?.files.map((file) => {
        const digest = getAt(step, `${file.place}.digest`);
        return (
          <FileField
            key={file.place}
            label={file.name}
            accept=".onnx"
            digest={typeof digest === 'string' && digest !== MISSING ? digest : undefined}
            error={problemAt(problems, `${place}.${file.place}`, true)}
            uploaded={(sha256) => change(setAt(step, `${file.place}.digest`, sha256))}
          />
        );
      })}
      <ConfigFields
        groups={[{ title: 'Its numbers', fields: kind?.fields ?? [] }]}
        draft={step}
        change={change}
        problems={problems}
        place={place}
        bare
      />
    </li>
  );
}
