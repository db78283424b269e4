import { builder } from '../builder.ts';

/** The payload of a mutation of one run. */
export function runPayload(name: string, description: string) {
  return builder.objectRef<{ id: bigint }>(name).implement({
    description,
    fields: (t) => ({
      run: t.prismaField({
        type: 'Run',
        description: 'The run.',
        resolve: (query, { id }, _args, { database }) =>
          database.prisma.run.findUniqueOrThrow({ ...query, where: { id } }),
      }),
    }),
  });
}

/** The payload of a mutation of several runs. */
export function runsPayload(name: string, description: string) {
  return builder.objectRef<{ ids: bigint[] }>(name).implement({
    description,
    fields: (t) => ({
      runs: t.prismaField({
        type: ['Run'],
        description: 'The runs, in the order of their ids.',
        resolve: (query, { ids }, _args, { database }) =>
          database.prisma.run.findMany({ ...query, where: { id: { in: ids } }, orderBy: { id: 'asc' } }),
      }),
    }),
  });
}
