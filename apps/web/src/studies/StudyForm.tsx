'use client';

import { useCallback, useState } from 'react';
import { ProblemNote } from '@/design/ProblemNote';
import { tellProblem } from '@/design/tell';
import { useAddress } from '@/design/use-address';
import { unanswered } from '@/forms/problems';
import type { ProblemFragment, StudyStateFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { StudyOfProject } from './documents';
import { PartRow } from './PartRow';
import { RecipeChoice } from './RecipeChoice';
import { isBare, registerPart, type ChosenRecipe, type StudyPart } from './register-part';
import styles from './Studies.module.css';
import { StudyDataset } from './StudyDataset';
import { StudyPlan } from './StudyPlan';

interface Props {
  projectId: string;
  recipes: readonly { name: string; title: string }[];
  name: string;
  initial: StudyStateFragment;
}

/** A study from its recipe to its start: what is there, what is missing, what it would take. */
export function StudyForm({ projectId, recipes, name, initial }: Props) {
  const [, changeAddress] = useAddress();
  const [chosen, setChosen] = useState<ChosenRecipe>({ name });
  const [fileName, setFileName] = useState<string>();
  const [study, setStudy] = useState(initial);
  const [problem, setProblem] = useState<ProblemFragment>();

  const read = useCallback(
    async (wanted: ChosenRecipe): Promise<StudyStateFragment | undefined> => {
      const { data, error } = await browserClient()
        .query(StudyOfProject, { id: projectId, ...wanted }, { requestPolicy: 'network-only' })
        .toPromise();
      const found = data?.node?.__typename === 'Project' ? (data.node.study ?? undefined) : undefined;
      setProblem(found ? undefined : problemOf(error));
      if (found) setStudy(found);
      return found;
    },
    [projectId],
  );
  const refresh = useCallback(() => void read(chosen), [read, chosen]);
  const choose = async (wanted: ChosenRecipe, file?: string): Promise<void> => {
    if (!(await read(wanted))) return;
    setChosen(wanted);
    setFileName(file);
    changeAddress({ recipe: 'name' in wanted ? wanted.name : undefined });
  };

  const prepare = async (): Promise<StudyStateFragment | readonly ProblemFragment[]> => {
    const bare = [...study.models, ...study.restorations].filter((part) => !part.config && isBare(part));
    for (const part of bare) {
      const problems = await registerPart(projectId, chosen, part, new Map());
      if (problems.length > 0) return problems;
    }
    return (bare.length === 0 ? study : await read(chosen)) ?? [unanswered()];
  };

  const list = (label: string, parts: readonly StudyPart[]) => (
    <section className="panel" aria-label={label}>
      <h2 style={{ marginBottom: 6 }}>{label}</h2>
      <ul className={styles.parts}>
        {parts.map((part) => (
          <PartRow key={`${study.title} ${part.name}`} {...{ projectId, chosen, part }} changed={refresh} />
        ))}
      </ul>
    </section>
  );

  return (
    <div className="form-beside">
      <div className="stack">
        <section className="panel stack" style={{ gap: 12 }} aria-label="Recipe">
          <RecipeChoice
            recipes={recipes}
            name={'name' in chosen ? chosen.name : undefined}
            fileName={fileName}
            choose={(wanted) => void choose({ name: wanted })}
            take={(written, file) => void choose({ written }, file)}
          />
          {problem && <ProblemNote title="The recipe can not be read" problem={problem} />}
          <div>
            <h2 style={{ margin: '0 0 4px' }}>{study.title}</h2>
            <p style={{ margin: 0, whiteSpace: 'pre-line', maxWidth: '85ch' }}>{study.about.trim()}</p>
          </div>
        </section>
        <section className="panel stack" style={{ gap: 10 }} aria-label="Dataset">
          <h2>Dataset</h2>
          <StudyDataset key={study.title} projectId={projectId} study={study} changed={refresh} />
        </section>
        {list('Models', study.models)}
        {list('Restorations', study.restorations)}
      </div>
      <StudyPlan key={study.title} projectId={projectId} study={study} prepare={prepare} />
    </div>
  );
}

interface Answered {
  message: string;
  graphQLErrors: readonly { message: string; extensions?: Record<string, unknown> }[];
}

/** Fields of a recipe that are wrong come as an error of the query, with their places. */
function problemOf(error: Answered | undefined): ProblemFragment {
  const problems = error?.graphQLErrors[0]?.extensions?.problems;
  if (Array.isArray(problems) && problems.length > 0) return problems[0] as ProblemFragment;
  if (error === undefined) tellProblem('The study could not be read', 'No answer came.');
  return { ...unanswered(error?.graphQLErrors[0]?.message ?? error?.message), mend: null };
}
