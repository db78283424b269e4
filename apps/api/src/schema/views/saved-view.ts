import { personOf } from '../../auth/policy.ts';
import { createView, deleteView, updateView } from '../../views/change-views.ts';
import { builder, rowNumber } from '../builder.ts';
import { RunFilterInput, RunOrderInput } from '../runs/search-inputs.ts';
import { withoutNullsWithin } from '../shared/inputs.ts';

builder.prismaNode('SavedView', {
  description: 'A table of runs as somebody wants to see it again: which runs, in which order, with which columns.',
  id: { resolve: ({ id }) => String(id), description: 'Such as SavedView_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique within the project.' }),
    shared: t.exposeBoolean('shared', { description: 'false: it is for who made it.' }),
    createdBy: t.exposeString('createdBy', {
      nullable: true,
      description: 'The id of the person who made it, where there are accounts.',
    }),
    filter: t.expose('filter', {
      type: 'JSON',
      description: 'A RunFilter, for the argument `filter` of a list of runs.',
    }),
    search: t.exposeString('search', { description: 'A search string, which holds beside the filter.' }),
    order: t.expose('order', { type: 'JSON', description: 'A list of RunOrder, for the argument `order`.' }),
    columns: t.expose('columns', {
      type: 'JSON',
      description:
        'A list of columns from left to right: kind (FIELD, PARAM, METRIC, TAG), key, aggregate, width, pinned.',
    }),
    isDefault: t.boolean({
      description: "Tables of the project's runs open with it: one of its views at most.",
      select: { defaultOf: true },
      resolve: ({ defaultOf }) => defaultOf !== null,
    }),
    revision: t.exposeInt('revision', { description: 'Counts its changes; see updateSavedView.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
    project: t.relation('project', { description: 'Whose runs it shows.' }),
  }),
});

builder.prismaObjectField('Project', 'savedViews', (t) =>
  t.relatedConnection('savedViews', {
    cursor: 'projectId_name',
    totalCount: true,
    description: "Those that are shared, and the caller's own, in the order of their names.",
    query: (_args, { actor }) => ({
      where: { OR: [{ shared: true }, { createdBy: null }, { createdBy: personOf(actor) }] },
      orderBy: { name: 'asc' },
    }),
  }),
);

builder.prismaObjectField('Project', 'defaultView', (t) =>
  t.prismaField({
    type: 'SavedView',
    nullable: true,
    description: 'The view with which tables of its runs open, if one was chosen.',
    select: { id: true },
    resolve: (query, { id }, _args, { database }) =>
      database.prisma.savedView.findUnique({ ...query, where: { defaultOf: id } }),
  }),
);

const COLUMNS =
  'Up to 500: [{ "kind": "METRIC", "key": "accuracy", "aggregate": "MAX" }]; kinds are FIELD, PARAM, METRIC, TAG; aggregates those of metrics, and CURVE.';

const CreateSavedViewInput = builder.inputType('CreateSavedViewInput', {
  description: 'A view to be kept.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'Such as Project_1.' }),
    name: t.string({ required: true, description: 'Unique within the project.' }),
    shared: t.boolean({ description: 'true unless given: for everybody in the project.' }),
    filter: t.field({ type: RunFilterInput, description: 'Which runs; all unless given.' }),
    search: t.string({ description: 'Which runs, in the search language.' }),
    order: t.field({ type: [RunOrderInput], description: 'In which order.' }),
    columns: t.field({ type: 'JSON', description: COLUMNS }),
  }),
});

const UpdateSavedViewInput = builder.inputType('UpdateSavedViewInput', {
  description: 'What to change of a view. What is left out stays.',
  fields: (t) => ({
    viewId: t.id({ required: true, description: 'Such as SavedView_1.' }),
    expectedRevision: t.int({ required: true, description: 'Refused when it has another one: somebody was faster.' }),
    name: t.string({ description: 'Unique within the project.' }),
    shared: t.boolean({ description: 'For everybody in the project.' }),
    filter: t.field({ type: RunFilterInput, description: 'Which runs.' }),
    search: t.string({ description: 'Which runs, in the search language.' }),
    order: t.field({ type: [RunOrderInput], description: 'In which order.' }),
    columns: t.field({ type: 'JSON', description: COLUMNS }),
    isDefault: t.boolean({ description: 'Whether tables of runs open with it; it takes the place of another one.' }),
  }),
});

const DeleteSavedViewInput = builder.inputType('DeleteSavedViewInput', {
  description: 'A view to be deleted.',
  fields: (t) => ({ viewId: t.id({ required: true, description: 'Such as SavedView_1.' }) }),
});

const viewPayload = (name: string, description: string) =>
  builder.objectRef<{ id: bigint }>(name).implement({
    description,
    fields: (t) => ({
      savedView: t.prismaField({
        type: 'SavedView',
        description: 'The view.',
        resolve: (query, { id }, _args, { database }) =>
          database.prisma.savedView.findUniqueOrThrow({ ...query, where: { id } }),
      }),
    }),
  });

const DeleteSavedViewPayload = builder.objectRef<{ projectId: bigint }>('DeleteSavedViewPayload').implement({
  description: 'Where the view was.',
  fields: (t) => ({
    project: t.prismaField({
      type: 'Project',
      description: 'Its project.',
      resolve: (query, { projectId }, _args, { database }) =>
        database.prisma.project.findUniqueOrThrow({ ...query, where: { id: projectId } }),
    }),
  }),
});

builder.mutationFields((t) => ({
  createSavedView: t.field({
    type: viewPayload('CreateSavedViewPayload', 'The view that was made.'),
    description: 'Keeps a view of the runs of a project.',
    errors: {},
    args: { input: t.arg({ type: CreateSavedViewInput, required: true, description: 'What to keep.' }) },
    resolve: (_root, { input }, context) => {
      const { projectId, ...view } = input;
      return createView(context, rowNumber(projectId, 'Project', 'input.projectId'), withoutNullsWithin(view));
    },
  }),
  updateSavedView: t.field({
    type: viewPayload('UpdateSavedViewPayload', 'The view as it is now.'),
    description: 'Changes a view, unless somebody was faster.',
    errors: {},
    args: { input: t.arg({ type: UpdateSavedViewInput, required: true, description: 'What to change.' }) },
    resolve: async (_root, { input }, context) => {
      const { viewId, expectedRevision, ...change } = input;
      const id = rowNumber(viewId, 'SavedView', 'input.viewId');
      await updateView(context, id, expectedRevision, withoutNullsWithin(change));
      return { id };
    },
  }),
  deleteSavedView: t.field({
    type: DeleteSavedViewPayload,
    description: 'Deletes a view. Its runs stay.',
    errors: {},
    args: { input: t.arg({ type: DeleteSavedViewInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, context) => deleteView(context, rowNumber(input.viewId, 'SavedView', 'input.viewId')),
  }),
}));
