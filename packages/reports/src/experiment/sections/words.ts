import type { Figure, ReportedRun } from '@samplewise/domain';
import { differenceText, intervalOf, metricText, pText } from '../../format.ts';

/** Without its sign, for a column whose head has it. */
export const bare = (text: string): string => text.replace(/\u00a0%/g, '');

/** A value, or why there is none. */
export const valueText = (metric: string, figure: Figure): string =>
  figure.value === null ? 'undefined' : metricText(metric, figure.value);

/** `85.27 % to 87.51 %` */
export function intervalText(metric: string, figure: Figure): string {
  const interval = intervalOf(figure);
  return interval ? `${metricText(metric, interval.low)} to ${metricText(metric, interval.high)}` : '';
}

/** `+0.72 (−0.10 to +1.54)` */
export function differenceWithInterval(metric: string, figure: Figure): string {
  if (figure.value === null) return 'undefined';
  const interval = intervalOf(figure);
  const shown = differenceText(metric, figure.value);
  return interval
    ? `${shown} (${differenceText(metric, interval.low)} to ${differenceText(metric, interval.high)})`
    : shown;
}

export const metricOf = (run: ReportedRun, name: string): Figure =>
  run.metrics.find((metric) => metric.name === name)?.figure ?? { value: null, reason: 'it was not evaluated' };

export const modelText = ({ model, name }: Pick<ReportedRun, 'model' | 'name'>): string =>
  model ? `${model.name}${model.version > 1 ? ` (version ${model.version})` : ''}` : name;

export const restorationText = ({ restoration }: Pick<ReportedRun, 'restoration'>): string =>
  restoration ? `${restoration.name}${restoration.version > 1 ? ` (version ${restoration.version})` : ''}` : 'none';

/** `p = 0.031`, `p < 0.001` */
export const pEquals = (p: number): string => (pText(p).startsWith('<') ? `p ${pText(p)}` : `p = ${pText(p)}`);

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

export const list = (names: readonly string[]): string =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}` : (names[0] ?? '');
