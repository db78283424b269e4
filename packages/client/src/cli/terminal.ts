import { describeProblem, InvalidInput, type Problem } from '@samplewise/domain';
import { ConnectionFailed, NotFound, RequestFailed } from '../errors.ts';

/** Results go to standard output, everything else to standard error. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Problems one to a line, with the offending value. */
export function noteProblems(problems: readonly Problem[], count: number = problems.length): void {
  for (const p of problems) {
    const value = p.value === null ? '' : ` [${p.value}]`;
    note(`  ${describeProblem(p)}${value} (${p.code})`);
  }
  if (count > problems.length) note(`  ... and ${count - problems.length} more`);
}

/** Tells what went wrong, in a sentence when it was expected and with its stack when it was not. */
export function noteError(error: unknown): void {
  if (error instanceof InvalidInput) {
    note('The input can not be accepted:');
    noteProblems(error.problems);
  } else if (error instanceof ConnectionFailed || error instanceof NotFound || error instanceof RequestFailed) {
    note(error.message);
  } else if (error instanceof Error && 'syscall' in error) {
    note(error.message); // such as: ENOENT: no such file or directory, open 'faces.zip'
  } else {
    note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
