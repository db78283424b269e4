import { projectQueue, teamQueue, type QueueState } from '../../executors/queue-state.ts';
import { setPaused, setPriority } from '../../runs/schedule-runs.ts';
import { builder } from '../builder.ts';
import '../projects/project.ts';
import { runNumbers } from '../runs/manage.ts';
import { runsPayload } from '../runs/payload.ts';

export const QueueStateRef = builder.objectRef<QueueState>('QueueState').implement({
  description: 'Runs of executors that have not ended.',
  fields: (t) => ({
    queued: t.exposeInt('queued', { description: 'Runs of which nothing has begun.' }),
    running: t.exposeInt('running', { description: 'Runs of which something has begun.' }),
    paused: t.exposeInt('paused', { description: 'Of both, those that are paused.' }),
    samples: t.exposeFloat('samples', {
      description: 'Samples that are to be predicted yet, without those of paused runs.',
    }),
    waitingSince: t.expose('waitingSince', {
      type: 'DateTime',
      nullable: true,
      description: 'When the run was queued that has waited longest without having begun; none where none waits.',
    }),
  }),
});

builder.prismaObjectField('Project', 'queue', (t) =>
  t.field({
    type: QueueStateRef,
    description: 'Its runs that wait for executors, or are with them.',
    complexity: 10,
    select: { id: true },
    resolve: ({ id }, _args, context) => projectQueue(context, id),
  }),
);
builder.prismaObjectField('Team', 'queue', (t) =>
  t.field({
    type: QueueStateRef,
    description: 'Runs of all its projects that wait for executors, or are with them.',
    access: 'read',
    complexity: 10,
    select: { id: true },
    resolve: ({ id }, _args, context) => teamQueue(context, id),
  }),
);

builder.prismaObjectFields('Run', (t) => ({
  priority: t.exposeInt('priority', {
    description: 'Executors take higher ones first among the runs of its team, -10 to 10; teams take turns.',
  }),
  pausedAt: t.expose('pausedAt', {
    type: 'DateTime',
    nullable: true,
    description: 'Since when executors leave it alone, whatever its status. What is stored stays.',
  }),
}));

const runsInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({ runIds: t.idList({ required: true, description: 'Up to 1,000, such as Run_1.' }) }),
  });
const PauseRunsInput = runsInput('PauseRunsInput', 'Runs to be paused.');
const UnpauseRunsInput = runsInput('UnpauseRunsInput', 'Runs to go on.');
const SetRunPriorityInput = builder.inputType('SetRunPriorityInput', {
  description: 'Runs to be predicted earlier or later.',
  fields: (t) => ({
    runIds: t.idList({ required: true, description: 'Up to 1,000, such as Run_1.' }),
    priority: t.int({ required: true, description: '-10 to 10; 0 is where runs begin.' }),
  }),
});

builder.mutationFields((t) => ({
  pauseRuns: t.field({
    type: runsPayload('PauseRunsPayload', 'The runs, which are paused.'),
    description: 'Has executors leave queued or running runs, within a second. What is stored stays.',
    errors: {},
    args: { input: t.arg({ type: PauseRunsInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) => {
      const ids = runNumbers(input.runIds);
      await setPaused(context, ids, true);
      return { ids };
    },
  }),
  unpauseRuns: t.field({
    type: runsPayload('UnpauseRunsPayload', 'The runs, which go on.'),
    description: 'Has executors go on with paused runs. (resumeRun opens a run of a client that has ended.)',
    errors: {},
    args: { input: t.arg({ type: UnpauseRunsInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) => {
      const ids = runNumbers(input.runIds);
      await setPaused(context, ids, false);
      return { ids };
    },
  }),
  setRunPriority: t.field({
    type: runsPayload('SetRunPriorityPayload', 'The runs with their new priority.'),
    description: "Has executors take runs earlier or later among those of their team. A team's turn stays its turn.",
    errors: {},
    args: { input: t.arg({ type: SetRunPriorityInput, required: true, description: 'Which, and how urgent.' }) },
    resolve: async (_root, { input }, context) => {
      const ids = runNumbers(input.runIds);
      await setPriority(context, ids, input.priority);
      return { ids };
    },
  }),
}));
