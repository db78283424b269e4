import { InvalidInput, newView, parseInput, problem, viewChange, type ViewChange } from '@samplewise/domain';
import type { Prisma } from '@samplewise/database';
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
 * Changes what is given.
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
  const { name } = change;
  const data = {
    ...(name === undefined ? {} : { name }),
    ...columnsOf(change),
    revision: { increment: 1 },
    updatedAt: new Date(),
  };
  const where = { id, revision: expectedRevision };
  const { count } = await orConflict(database.prisma.savedView.updateMany({ where, data }), taken(name ?? ''));
  if (count === 1) return;
  const view = await database.prisma.savedView.findUnique({ where: { id }, select: { revision: true } });
  if (!view) throw noSuchView(id);
  throw new InvalidInput(
    problem('CONFLICT', `Somebody has changed the view since: it is at revision ${view.revision}.`, {
      place: 'input.expectedRevision',
      value: expectedRevision,
      mend: 'Read it again and repeat the change.',
    }),
  );
}

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
