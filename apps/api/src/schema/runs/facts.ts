import { SILENT_SECONDS } from '@samplewise/domain';
import { builder } from '../builder.ts';
import './run.ts';

builder.prismaObject('RunParam', {
  description: 'What a run was started with.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Such as `optimizer.lr`.' }),
    value: t.exposeString('value', { description: 'As text; lists as JSON.' }),
    number: t.exposeFloat('number', { nullable: true, description: 'The number that the text is, if it is one.' }),
  }),
});

builder.prismaObject('RunTag', {
  description: 'A word, or a key with a value, that people hang on a run.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Such as `stage`.' }),
    value: t.exposeString('value', { description: 'Such as `final`; empty for a word alone.' }),
  }),
});

builder.prismaObjectFields('Run', (t) => ({
  description: t.exposeString('description', { description: 'Markdown.' }),
  createdBy: t.exposeString('createdBy', {
    nullable: true,
    description: 'Who queued or began it, as they were called then; none where nobody signs in.',
  }),
  group: t.exposeString('group', { nullable: true, description: 'What it belongs together with.' }),
  revision: t.exposeInt('revision', { description: 'Counts what people change; see updateRun.' }),
  params: t.relation('params', {
    description: 'At most 1,000, in the order of their keys.',
    args: { keys: t.arg.stringList({ description: 'Only these.' }) },
    query: ({ keys }) => ({ where: keys ? { key: { in: keys } } : {}, orderBy: { key: 'asc' } }),
  }),
  tags: t.relation('tags', {
    description: 'In the order of their keys.',
    query: { orderBy: { key: 'asc' } },
  }),
  parent: t.relation('parent', { nullable: true, description: 'The run that it is a part of.' }),
  children: t.relatedConnection('children', {
    cursor: 'id',
    description: 'Runs that are parts of it.',
    query: { where: { deletedAt: null }, orderBy: { id: 'asc' } },
  }),
  heartbeatAt: t.expose('heartbeatAt', {
    type: 'DateTime',
    nullable: true,
    description: 'When its client was last heard of.',
  }),
  silent: t.boolean({
    description: `A running client that was not heard of for ${SILENT_SECONDS} seconds.`,
    select: { status: true, source: true, heartbeatAt: true, finishingAt: true },
    resolve: ({ status, source, heartbeatAt, finishingAt }) =>
      source === 'CLIENT' &&
      status === 'RUNNING' &&
      finishingAt === null &&
      heartbeatAt !== null &&
      Date.now() - heartbeatAt.getTime() > SILENT_SECONDS * 1000,
  }),
  archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true, description: 'When it was archived.' }),
  deletedAt: t.expose('deletedAt', { type: 'DateTime', nullable: true, description: 'When it was put into the bin.' }),
}));

builder.prismaObjectField('Project', 'deletedRuns', (t) =>
  t.relatedConnection('runs', {
    cursor: 'id',
    description: 'The bin: runs that restoreRuns brings back, until 30 days after their deletion.',
    query: { where: { deletedAt: { not: null } }, orderBy: { id: 'desc' } },
  }),
);
