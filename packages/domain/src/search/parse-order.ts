import { InvalidInput, problem } from '../problems.ts';
import { parseInput } from '../validation.ts';
import { subjectAt, type Subject } from './field-path.ts';
import { printKey, SEARCH_FIELDS, type SearchField } from './fields.ts';
import { COST_MEASURES, COST_PHASES, runOrder, type CostOrder, type RunOrder } from './run-order.ts';
import { SearchError, tokensOf, type Token } from './tokens.ts';

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
    const cost = costOf(tokens[at]!);
    const { subject, taken } = cost ? { subject: undefined, taken: 1 } : subjectAt(tokens.slice(at));
    const by = cost ? { cost } : orderBy(subject!);
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

/** Of `cost.wall_seconds` or `cost.inference.wall_seconds`. @throws SearchError for another cost */
function costOf(word: Token): CostOrder | undefined {
  const [prefix, ...path] = word.text.toUpperCase().split('.');
  if (word.kind !== 'word' || prefix !== 'COST') return undefined;
  const measure = COST_MEASURES.find((name) => name === path.at(-1));
  const phase = COST_PHASES.find((name) => name === path[0]);
  if (measure && path.length === 1) return { measure };
  if (measure && phase && path.length === 2) return { measure, phase };
  const measures = COST_MEASURES.join(', ').toLowerCase();
  throw new SearchError(`There is no cost '${word.text}'.`, word, `Such as cost.inference.wall_seconds: ${measures}.`);
}

/** An order as text. Read again, it gives the same order. */
export const printOrder = (order: readonly RunOrder[]): string =>
  order.map((term) => `${printTerm(term)}${term.direction === 'DESC' ? ' desc' : ''}`).join(', ');

function printTerm({ field, param, tag, metric, cost }: RunOrder): string {
  if (param) return `param.${printKey(param.key)}`;
  if (tag !== undefined) return `tag.${printKey(tag)}`;
  if (metric) {
    const aggregate = metric.aggregate === undefined || metric.aggregate === 'LAST' ? '' : `.${metric.aggregate}`;
    return `metric.${printKey(metric.key)}${aggregate.toLowerCase()}`;
  }
  if (cost) return ['cost', ...(cost.phase ? [cost.phase] : []), cost.measure].join('.').toLowerCase();
  const [key] = Object.entries(FIELDS).find(([, name]) => name === field)!;
  return SEARCH_FIELDS.find((known) => known.key === key)!.name;
}
