import { resolveCursorConnection } from '@pothos/plugin-relay';
import { InvalidInput, problem } from '@samplewise/domain';
import { setTimeout } from 'node:timers/promises';
import type { Context } from '../../context.ts';
import { countLines, logLines } from '../../logs/log-lines.ts';
import { pagesOfLog, readLog, type LogFilter, type LogLineRow } from '../../logs/read-log.ts';
import { follow } from '../../runs/follow.ts';
import { builder, PAGE_LIMIT, rowNumber } from '../builder.ts';
import { withoutNulls } from '../shared/inputs.ts';
import { lineNumber } from './line-number.ts';
import './run.ts';

const LogStreamEnum = builder.enumType('LogStream', {
  description: 'Where a line of a log came from.',
  values: {
    STDOUT: { description: 'Standard output.' },
    STDERR: { description: 'Standard error.' },
    SYSTEM: { description: 'What the platform itself says of the run.' },
  } as const,
});

const LogLevelEnum = builder.enumType('LogLevel', {
  description: 'How serious a line of a log is, the least first.',
  values: {
    DEBUG: { description: 'Of use to who looks for a fault.' },
    INFO: { description: 'How it goes.' },
    WARN: { description: 'Not as it should be.' },
    ERROR: { description: 'A failure.' },
  } as const,
});

const LogLineRef = builder.objectRef<LogLineRow>('LogLine').implement({
  description: "One line of a run's log.",
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Its place in the log, from 1 on.' }),
    time: t.expose('time', { type: 'DateTime', description: 'When it was printed, or else when it came in.' }),
    stream: t.expose('stream', { type: LogStreamEnum, description: 'Where it came from.' }),
    level: t.expose('level', { type: LogLevelEnum, nullable: true, description: 'How serious it is, if it says so.' }),
    text: t.exposeString('text', { description: 'As it was printed, with escape sequences.' }),
  }),
});

const LogConnection = builder.connectionObject(
  {
    type: LogLineRef,
    name: 'LogConnection',
    description: 'A page of a log.',
    fields: (t) => ({
      lineCount: t.int({
        description: 'Lines of the whole log, whatever the filter.',
        resolve: (page) => (page as unknown as { lineCount: number }).lineCount,
      }),
      incomplete: t.boolean({
        description:
          'The filter has looked through as much as it may at once, and there is more: go on from the end cursor, or from the start cursor backwards.',
        resolve: (page) => (page as unknown as { incomplete: boolean }).incomplete,
      }),
    }),
  },
  { name: 'LogEdge', description: 'A line and its cursor, which is its number.' },
);

const SEARCH_LIMIT = 200;

builder.prismaObjectField('Run', 'logs', (t) =>
  t.connection(
    {
      type: LogLineRef,
      description: 'What it has printed, and what the platform says of it. `last: 100` is its end.',
      args: {
        stream: t.arg({ type: LogStreamEnum, description: 'Only lines from there.' }),
        level: t.arg({ type: LogLevelEnum, description: 'Only lines of this level and above.' }),
        search: t.arg.string({ description: 'Only lines with this in them, whatever the case of its letters.' }),
      },
      select: { id: true, log: { select: { lines: true } } },
      complexity: ({ first, last, stream, level, search }) => ({
        field: stream != null || level != null || search != null ? 100 : 1,
        multiplier: first ?? last ?? 50,
      }),
      resolve: async ({ id, log }, { stream, level, search, ...args }, { database }) => {
        if ((search?.length ?? 0) > SEARCH_LIMIT) throw longSearch(search!);
        const run = { id, lines: log?.lines ?? 0 };
        const filter: LogFilter = withoutNulls({ stream, level, search });
        let stopped: { at: number; inverted: boolean } | undefined;
        const page = await resolveCursorConnection<Promise<LogLineRow[]>>(
          { args, maxSize: PAGE_LIMIT, defaultSize: 50, toCursor: ({ number }) => String(number) },
          async ({ before, after, limit, inverted }) => {
            const { rows, stoppedAt } = await readLog(database, run, filter, {
              before: lineNumber(before, 'before'),
              after: lineNumber(after, 'after'),
              limit,
              inverted,
            });
            if (stoppedAt !== undefined) stopped = { at: stoppedAt, inverted };
            return rows;
          },
        );
        return {
          ...page,
          ...pageInfoOf(page.pageInfo, stopped),
          lineCount: run.lines,
          incomplete: stopped !== undefined,
        };
      },
    },
    LogConnection,
  ),
);

/** Where a search stopped early, the page ends with the last line that it looked at. */
function pageInfoOf<T extends object>(pageInfo: T, stopped: { at: number; inverted: boolean } | undefined) {
  if (!stopped) return { pageInfo };
  const more = stopped.inverted
    ? { startCursor: String(stopped.at), hasPreviousPage: true }
    : { endCursor: String(stopped.at), hasNextPage: true };
  return { pageInfo: { ...pageInfo, ...more } };
}

const longSearch = (search: string): InvalidInput =>
  new InvalidInput(
    problem('TOO_LARGE', `This has ${search.length} characters.`, {
      place: 'search',
      value: search,
      mend: `Search for at most ${SEARCH_LIMIT}.`,
    }),
  );

const LogLineInput = builder.inputType('LogLineInput', {
  description: 'A line to be logged.',
  fields: (t) => ({
    time: t.field({ type: 'DateTime', description: 'Now unless given.' }),
    stream: t.field({ type: LogStreamEnum, description: 'STDOUT unless given.' }),
    level: t.field({ type: LogLevelEnum, description: 'None unless given.' }),
    text: t.string({ required: true, description: 'One line, at most 16,384 bytes; escape sequences are kept.' }),
  }),
});

const LogLinesInput = builder.inputType('LogLinesInput', {
  description: 'Lines to be logged.',
  fields: (t) => ({
    runId: t.id({ required: true, description: 'Such as Run_1.' }),
    batchId: t.string({ required: true, description: 'Such as a UUID; the same batch sent again changes nothing.' }),
    lines: t.field({ type: [LogLineInput], required: true, description: 'Up to 10,000.' }),
  }),
});

const LogLinesPayload = builder.objectRef<{ lastLine: number; repeated: boolean }>('LogLinesPayload').implement({
  description: 'What is stored now.',
  fields: (t) => ({
    lastLine: t.exposeInt('lastLine', { description: "Number of the log's last line." }),
    repeated: t.exposeBoolean('repeated', { description: 'Whether this batch was there already.' }),
  }),
});

builder.mutationField('logLines', (t) =>
  t.field({
    type: LogLinesPayload,
    description:
      "Appends lines to the log of a client's run, all or none. For texts there is POST /runs/Run_1/logs beside it.",
    errors: {},
    args: { input: t.arg({ type: LogLinesInput, required: true, description: 'What to log.' }) },
    resolve: (_root, { input: { runId, batchId, lines } }, context) =>
      logLines(context, rowNumber(runId, 'Run', 'input.runId'), batchId, lines.map(withoutNulls)),
  }),
);

const ENDED: readonly string[] = ['FINISHED', 'FAILED', 'CANCELED'];
/** Lines that come within this time are told together. */
const FOLLOW_MILLISECONDS = 100;

const RunLogRef = builder.objectRef<LogLineRow[]>('RunLogLines').implement({
  description: "Lines that have come into a run's log.",
  fields: (t) => ({
    lines: t.field({ type: [LogLineRef], description: 'In their order.', resolve: (lines) => lines }),
    lastLine: t.int({
      description: 'Number of the last of them: after a lost connection, go on with it as `after`.',
      resolve: (lines) => lines.at(-1)!.number,
    }),
  }),
});

builder.subscriptionField('runLogs', (t) =>
  t.field({
    type: RunLogRef,
    description: "The lines of a run's log after a number, then those that come; ends when the run has ended.",
    args: {
      runId: t.arg.id({ required: true, description: 'Such as Run_1.' }),
      after: t.arg.int({ description: 'The last line that you have; from the beginning unless given.' }),
    },
    subscribe: (_root, { runId, after }, context) => {
      const id = rowNumber(runId, 'Run', 'runId');
      let at = lineNumber(after, 'after') ?? 0;
      return follow(
        context.listener,
        (m) => (m.kind === 'logs' || m.kind === 'run') && m.runId === String(id),
        async (message) => {
          if (message !== 'resynchronise') await setTimeout(FOLLOW_MILLISECONDS);
          // Read before the lines: a run that has ended logs no more.
          const ended = await hasEnded(context, id);
          const lines = await countLines(context.database.pool, id);
          const values = (async function* () {
            for await (const page of pagesOfLog(context.database, { id, lines }, {}, at)) {
              at = page.at(-1)!.number;
              yield page;
            }
          })();
          return { values, done: ended };
        },
      );
    },
    resolve: (lines) => lines,
  }),
);

async function hasEnded({ database }: Context, id: bigint): Promise<boolean> {
  const run = await database.prisma.run.findFirst({ where: { id, deletedAt: null }, select: { status: true } });
  return !run || ENDED.includes(run.status);
}
