import { InvalidInput, newView, parseInput, problem, viewChange, type ViewChange } from '@samplewise/domain';
import type { Prisma, PrismaScope, SavedView } from '@samplewise/database';
import { orConflict } from '../conflicts.ts';
import { personOf } from '../auth/policy.ts';
import type { Context, Services } from '../context.ts';

type Needed = Pick<Services, 'database'>;

/** Views of one project: each is read when a table is opened. */
const VIEW_LIMIT = 1000;

/** @throws InvalidInput */
export async function createView(
  { database, actor }: Pick<Context, 'database' | 'actor'>,
  projectId: bigint,
  input: unknown,
): Promise<{ id: bigint }> {
  const { name, ...view } = parseInput(newView, input, 'input');
  const project = await database.prisma.project.findUnique({
    where: { id: projectId },
    select: { _count: { select: { savedViews: true } } },
  });
  if (!project) {
    throw new InvalidInput(
      problem('NOT_FOUND', 'There is no such project.', { place: 'input.projectId', value: `Project_${projectId}` }),
    );
  }
  if (project._count.savedViews >= VIEW_LIMIT) {
    throw new InvalidInput(
      problem('TOO_LARGE', `The project has ${VIEW_LIMIT} views.`, {
        place: 'input.projectId',
        mend: 'Delete one first.',
      }),
    );
  }
  const data = { projectId, name, createdBy: personOf(actor), ...columnsOf(view) };
  return orConflict(database.prisma.savedView.create({ data }), taken(name));
}

/**
 * Changes what is given. One that is no longer shared is no default either.
 * @param expectedRevision refused when somebody has changed the view since
 * @throws InvalidInput
 */
export async function updateView(
  { database }: Needed,
  id: bigint,
  expectedRevision: number,
  input: unknown,
): Promise<void> {
  const change = parseInput(viewChange, input, 'input');
  const work = database.prisma.$transaction(async (transaction) => {
    const view = await lockView(transaction, id);
    if (!view) throw noSuchView(id);
    const { projectId, revision } = view;
    if (revision !== expectedRevision) throw changedSince(revision, expectedRevision);
    const isShared = change.shared ?? view.shared;
    if (change.isDefault && !isShared) throw notShared();
    if (change.isDefault) {
      await transaction.savedView.updateMany({ where: { defaultOf: projectId }, data: { defaultOf: null } });
    }
    const isDefault = isShared && (change.isDefault ?? view.defaultOf !== null);
    await transaction.savedView.update({
      where: { id },
      data: {
        ...(change.name !== undefined && { name: change.name }),
        ...columnsOf(change),
        defaultOf: isDefault ? projectId : null,
        revision: { increment: 1 },
        updatedAt: new Date(),
      },
    });
  });
  await orConflict(work, taken(change.name ?? ''));
}

/** With its project: only one of its views becomes the default at a time. */
async function lockView(transaction: PrismaScope, id: bigint): Promise<SavedView | null> {
  await transaction.$queryRaw`
    SELECT 1 FROM project WHERE id = (SELECT project_id FROM saved_view WHERE id = ${id}) FOR NO KEY UPDATE`;
  return transaction.savedView.findUnique({ where: { id } });
}

const changedSince = (revision: number, expected: number): InvalidInput =>
  new InvalidInput(
    problem('CONFLICT', `Somebody has changed the view since: it is at revision ${revision}.`, {
      place: 'input.expectedRevision',
      value: expected,
      mend: 'Read it again and repeat the change.',
    }),
  );

const notShared = (): InvalidInput =>
  new InvalidInput(
    problem('INVALID_VALUE', 'A view that is for its maker alone can not be the default of all.', {
      place: 'input.isDefault',
      value: true,
      mend: 'Share it, too.',
    }),
  );

/** @throws InvalidInput */
export async function deleteView({ database }: Needed, id: bigint): Promise<{ projectId: bigint }> {
  const view = await database.prisma.savedView.findUnique({ where: { id }, select: { projectId: true } });
  const { count } = await database.prisma.savedView.deleteMany({ where: { id } });
  if (view && count === 1) return view;
  throw noSuchView(id);
}

function columnsOf({ shared, filter, search, order, columns }: ViewChange) {
  return {
    ...(shared !== undefined && { shared }),
    ...(filter !== undefined && { filter: filter as Prisma.InputJsonObject }),
    ...(search !== undefined && { search }),
    ...(order !== undefined && { order: order as Prisma.InputJsonArray }),
    ...(columns !== undefined && { columns: columns as Prisma.InputJsonArray }),
  };
}

const taken = (name: string) =>
  problem('CONFLICT', 'The project has a view of this name.', {
    place: 'input.name',
    value: name,
    mend: 'Choose another name.',
  });

const noSuchView = (id: bigint): InvalidInput =>
  new InvalidInput(problem('NOT_FOUND', 'There is no such view.', { place: 'input.viewId', value: `SavedView_${id}` }));
