import type { Database } from '@samplewise/database';
import {
  completionAt,
  printKey,
  quote,
  suggestFixedValues,
  suggestOperators,
  suggestWords,
  type Subject,
  type Suggestion,
} from '@samplewise/domain';
import { readKeys, readNames, readValues } from './keys-and-values.ts';

const LIMIT = 30;
const PLAIN_VALUE = /^[\p{L}\p{N}_.-]+$/u;

export interface PlacedSuggestion extends Suggestion {
  from: number;
  to: number;
}

/** How a search that is being typed can go on. */
export async function suggest(
  database: Pick<Database, 'pool'>,
  projectId: bigint,
  search: string,
  position: number,
): Promise<PlacedSuggestion[]> {
  const { from, to, typed, expects } = completionAt(search, position);
  const placed = (suggestions: Suggestion[]): PlacedSuggestion[] =>
    suggestions.slice(0, LIMIT).map((suggestion) => ({ ...suggestion, from, to }));
  switch (expects.kind) {
    case 'word':
      return placed(suggestWords(typed));
    case 'operator':
      return placed(suggestOperators(expects.of));
    case 'key': {
      const keys = await readKeys(database, projectId, expects.of, { part: typed, after: '', limit: LIMIT });
      return placed(keys.map((key) => ({ text: `${expects.of}.${printKey(key)}`, detail: expects.of })));
    }
    case 'value':
      return placed([
        ...suggestFixedValues(expects.of, typed),
        ...(await valuesOf(database, projectId, expects.of, typed)),
      ]);
  }
}

async function valuesOf(
  database: Pick<Database, 'pool'>,
  projectId: bigint,
  of: Subject,
  part: string,
): Promise<Suggestion[]> {
  const written = (value: string): string => (PLAIN_VALUE.test(value) ? value : quote(value));
  if ('keyed' in of) {
    if (of.keyed === 'metric') return [];
    const values = await readValues(database, projectId, of.keyed, { key: of.key, part, limit: LIMIT });
    return values.map(({ value, runs }) => ({ text: written(value), detail: `${runs} of the newest runs` }));
  }
  if (of.key !== 'model' && of.key !== 'restoration' && of.key !== 'experiment' && of.key !== 'group') return [];
  const names = await readNames(database, projectId, of.key, { part, limit: LIMIT });
  return names.map((name) => ({ text: written(name), detail: of.name }));
}
