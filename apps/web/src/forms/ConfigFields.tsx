'use client';

import type { ProblemFragment } from '@/generated/graphql';
import { ConfigField } from './ConfigField';
import type { FieldOfConfig, GroupOfFields } from './fields';
import styles from './ConfigFields.module.css';
import { getAt, setAt, type Draft } from './paths';
import { problemAt } from './problems';

interface Props {
  groups: readonly GroupOfFields[];
  draft: Draft;
  change: (draft: Draft) => void;
  problems: readonly ProblemFragment[];
  /** Where the draft stands in the input, such as `input.spec`. */
  place: string;
  /** Without the titles of the groups. */
  bare?: boolean;
}

/** The fields of a config in groups, each with what the API says of it. */
export function ConfigFields({ groups, draft, change, problems, place, bare = false }: Props) {
  const grid = (fields: readonly FieldOfConfig[]) => (
    <div className={styles.grid}>
      {fields.map((field) => (
        <div key={field.path} className={field.wide ? styles.wide : undefined}>
          <ConfigField
            field={field}
            value={getAt(draft, field.path)}
            error={problemAt(problems, `${place}.${field.path}`, true)}
            change={(value) => change(setAt(draft, field.path, value))}
          />
        </div>
      ))}
    </div>
  );
  return groups.map(({ title, hint, fields, folded }) => {
    if (bare) return <div key={title}>{grid(fields)}</div>;
    const broken = fields.some(({ path }) => problemAt(problems, `${place}.${path}`, true) !== undefined);
    return folded ? (
      <details key={title} open={broken || undefined}>
        <summary className={styles.summary}>{title}</summary>
        {grid(fields)}
      </details>
    ) : (
      <fieldset key={title} className={styles.group}>
        <legend className={styles.legend}>{title}</legend>
        {hint && <p className={`muted ${styles.hint}`}>{hint}</p>}
        {grid(fields)}
      </fieldset>
    );
  });
}
