import type { ExperimentReport } from '@samplewise/domain';
import type { Section } from '../blocks.ts';
import { answer } from './answer.ts';
import { audit } from './audit.ts';
import { classes } from './classes.ts';
import { costs } from './costs.ts';
import { foundation, threats } from './foundation.ts';
import { published } from './published.ts';
import { restoration } from './restoration.ts';
import { results } from './results.ts';

/** A report in the order in which it is read. */
export function sectionsOf(report: ExperimentReport, digest: string): Section[] {
  const evaluated = report.runs.length > 0;
  return [
    answer(report),
    ...(evaluated || report.published.length > 0 ? [results(report)] : []),
    restoration(report),
    ...(evaluated ? [classes(report), costs(report)] : []),
    published(report),
    audit(report),
    threats(report),
    foundation(report, digest),
  ].filter((section) => section !== undefined);
}
