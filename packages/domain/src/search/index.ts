export { canonical } from './canonical.ts';
export { EVALUATION_METRICS, printKey, SEARCH_FIELDS, type SearchField } from './fields.ts';
export { timeOfMoment } from './moment.ts';
export { parseSearch, readSearch, SEARCH_LIMIT } from './parse.ts';
export { printSearch } from './print.ts';
export * from './run-filter.ts';
export * from './run-order.ts';
