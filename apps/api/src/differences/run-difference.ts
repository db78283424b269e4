import type { Database } from '@samplewise/database';
import { InvalidInput, problem } from '@samplewise/domain';

export type Section = 'RUN' | 'PARAM' | 'TAG' | 'MODEL' | 'RESTORATION' | 'ENVIRONMENT';

/** A fact that is not the same in all the runs. */
export interface RunFact {
  section: Section;
  key: string;
  /** In the order of the runs; null where a run has none. */
  values: (string | null)[];
}

export interface RunDifference {
  runIds: readonly bigint[];
  facts: RunFact[];
  /** Facts that all the runs have in common, and that are not told. */
  same: number;
  /** Facts that differ and are beyond what is told. */
  left: number;
}

const RUN_LIMIT = 20;
const FACT_LIMIT = 2000;
/** A git diff is a fact too. */
const VALUE_LIMIT = 2000;

/**
 * What differs among runs, and only that.
 * @throws InvalidInput when they are not 2 to 20 runs
 */
export async function runDifference(
  { prisma }: Pick<Database, 'prisma'>,
  runIds: readonly bigint[],
): Promise<RunDifference> {
  if (runIds.length < 2 || runIds.length > RUN_LIMIT) {
    throw refusal('INVALID_VALUE', `These are ${runIds.length} runs.`, runIds.length, `Name 2 to ${RUN_LIMIT}.`);
  }
  const rows = await prisma.run.findMany({
    where: { id: { in: [...runIds] }, deletedAt: null },
    include: { params: true, tags: true, modelConfig: true, restorationConfig: true },
  });
  const perRun = runIds.map((id) => {
    const row = rows.find((candidate) => candidate.id === id);
    if (!row) throw refusal('NOT_FOUND', 'There is no such run.', `Run_${id}`);
    const { modelConfig: model, restorationConfig: restoration } = row;
    return factsOf({
      RUN: { source: row.source, seed: row.seed, ...(row.group !== null && { group: row.group }) },
      PARAM: Object.fromEntries(row.params.map(({ key, value }) => [key, value])),
      TAG: Object.fromEntries(row.tags.map(({ key, value }) => [key, value])),
      MODEL: model && { name: model.name, version: model.version, spec: model.spec },
      RESTORATION: restoration && { name: restoration.name, version: restoration.version, steps: restoration.steps },
      ENVIRONMENT: row.environment,
    });
  });
  return compared(runIds, perRun);
}

type Facts = ReadonlyMap<string, { section: Section; key: string; value: string }>;

function compared(runIds: readonly bigint[], perRun: readonly Facts[]): RunDifference {
  const known = new Map(perRun.flatMap((facts) => [...facts]));
  const different: RunFact[] = [];
  for (const [name, { section, key }] of known) {
    const values = perRun.map((facts) => facts.get(name)?.value ?? null);
    if (values.every((value) => value === values[0])) continue;
    different.push({ section, key, values: values.map(shortened) });
  }
  return {
    runIds,
    facts: different.slice(0, FACT_LIMIT),
    same: known.size - different.length,
    left: Math.max(0, different.length - FACT_LIMIT),
  };
}

/** Facts by section and path; an object's fields are facts of their own. */
function factsOf(sections: Record<Section, unknown>): Facts {
  const facts = new Map<string, { section: Section; key: string; value: string }>();
  const walk = (section: Section, value: unknown, key: string): void => {
    if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
      for (const [name, part] of Object.entries(value)) walk(section, part, key === '' ? name : `${key}.${name}`);
    } else if (key !== '') {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      facts.set(`${section} ${key}`, { section, key, value: text });
    }
  };
  for (const [section, value] of Object.entries(sections)) walk(section as Section, value, '');
  return facts;
}

const shortened = (value: string | null): string | null =>
  value !== null && value.length > VALUE_LIMIT ? `${value.slice(0, VALUE_LIMIT - 1)}…` : value;

const refusal = (code: 'INVALID_VALUE' | 'NOT_FOUND', message: string, value: unknown, mend?: string): InvalidInput =>
  new InvalidInput(problem(code, message, { place: 'runIds', value, ...(mend !== undefined && { mend }) }));
