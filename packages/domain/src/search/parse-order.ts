import { InvalidInput, problem } from '../problems.ts';
import { parseInput } from '../validation.ts';
import { subjectAt, type Subject } from './field-path.ts';
import type { SearchField } from './fields.ts';
import { runOrder, type RunOrder } from './run-order.ts';
import { SearchError, tokensOf } from './tokens.ts';

const FIELDS: Partial<Record<SearchField['key'], NonNullable<RunOrder['field']>>> = {
  id: 'ID',
  name: 'NAME',
  status: 'STATUS',
  group: 'GROUP',
  seed: 'SEED',
  createdAt: 'CREATED',
  startedAt: 'STARTED',
  finishedAt: 'FINISHED',
  duration: 'DURATION',
  model: 'MODEL',
  restoration: 'RESTORATION',
  experiment: 'EXPERIMENT',
};

/**
 * Reads an order such as `metric.loss.min, created desc`.
 * @throws InvalidInput naming the character and the mend
 */
export function parseOrder(text: string, place = 'order'): RunOrder[] {
  try {
    return parseInput(runOrder, termsOf(text), place);
  } catch (error) {
    if (!(error instanceof SearchError)) throw error;
    throw new InvalidInput(
      problem('INVALID_VALUE', error.message, {
        place: `${place}, character ${error.from + 1}`,
        value: text.slice(error.from, error.to),
        mend: error.mend,
      }),
    );
  }
}

function termsOf(text: string): RunOrder[] {
  const tokens = tokensOf(text);
  const terms: RunOrder[] = [];
  for (let at = 0; tokens[at]!.kind !== 'end'; at++) {
    const { subject, taken } = subjectAt(tokens.slice(at));
    const by = orderBy(subject);
    if (!by) throw new SearchError('Runs have no order by this.', tokens[at]!, 'Such as accuracy, name or param.lr.');
    at += taken;
    const word = tokens[at]!.text.toLowerCase();
    const direction = word === 'desc' ? 'DESC' : word === 'asc' ? 'ASC' : undefined;
    terms.push(direction ? { ...by, direction } : by);
    if (direction) at++;
    if (tokens[at]!.kind === 'end') break;
    if (tokens[at]!.kind !== ',')
      throw new SearchError('A comma is missing.', tokens[at]!, 'Write: name, created desc.');
  }
  return terms;
}

function orderBy(subject: Subject): RunOrder | undefined {
  if (!('keyed' in subject)) {
    const field = FIELDS[subject.key];
    return field && { field };
  }
  const { keyed, key, aggregate } = subject;
  if (keyed === 'tag') return { tag: key };
  if (keyed === 'param') return { param: { key } };
  return { metric: { key, ...(aggregate ? { aggregate } : {}) } };
}
