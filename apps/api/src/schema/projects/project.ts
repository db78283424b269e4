import type { Visibility } from '@samplewise/database';
import { permissions, visibleProjects } from '../../auth/policy.ts';
import { builder } from '../builder.ts';
import { CONTAINS, nameContains } from '../shared/name-contains.ts';
import { PermissionEnum } from '../teams/enums.ts';

export const VisibilityEnum = builder.enumType('Visibility', {
  description: 'Who may see a project.',
  values: {
    PRIVATE: { description: 'Who works in the team: its members, admins and owners.' },
    TEAM: { description: 'All of the team, its viewers included.' },
    PUBLIC: { description: 'Everybody, also without a sign-in. Only the team may write.' },
  } satisfies Record<Visibility, object>,
});

builder.prismaNode('Team', {
  description: 'Who owns projects.',
  id: { resolve: ({ id }) => String(id), description: 'Such as Team_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'Its name in addresses.' }),
    name: t.exposeString('name', { description: 'Its name for people.' }),
  }),
});

builder.prismaNode('Project', {
  description: "A team's place for one area of questions.",
  id: { resolve: ({ id }) => String(id), description: 'Such as Project_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    slug: t.string({
      description: 'Its name in addresses, unique within the team.',
      select: { slug: true, deletedSlug: true },
      resolve: ({ slug, deletedSlug }) => deletedSlug ?? slug,
    }),
    name: t.exposeString('name', { description: 'Its name for people.' }),
    description: t.exposeString('description', { description: 'What it is about.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    visibility: t.expose('visibility', { type: VisibilityEnum, description: 'Who may see it.' }),
    revision: t.exposeInt('revision', { description: 'Counts what people change; see updateProject.' }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was put into the bin.',
    }),
    viewerPermissions: t.field({
      type: [PermissionEnum],
      description: 'What the caller may do to it, and to all that is in it.',
      select: { teamId: true, visibility: true },
      resolve: ({ teamId, visibility }, _args, { actor }) =>
        permissions(actor, { kind: 'project', teamId, visibility, deleted: false }),
    }),
    team: t.relation('team', { description: 'Its owner.' }),
    experiment: t.prismaField({
      type: 'Experiment',
      nullable: true,
      description: 'One of its experiments by its name.',
      args: { name: t.arg.string({ required: true, description: "The experiment's name." }) },
      resolve: (query, { id }, { name }, { database }) =>
        database.prisma.experiment.findUnique({ ...query, where: { projectId_name: { projectId: id, name } } }),
    }),
    experiments: t.relatedConnection('experiments', {
      cursor: 'id',
      totalCount: true,
      description: 'Newest first.',
      args: { contains: t.arg.string({ description: CONTAINS }) },
      query: ({ contains }) => ({ where: nameContains(contains), orderBy: { id: 'desc' } }),
    }),
    datasets: t.relatedConnection('datasets', {
      cursor: 'id',
      totalCount: true,
      description: 'In the order in which they were made.',
      args: { contains: t.arg.string({ description: CONTAINS }) },
      query: ({ contains }) => ({ where: nameContains(contains), orderBy: { id: 'asc' } }),
    }),
    modelConfigs: t.relatedConnection('modelConfigs', {
      cursor: 'id',
      totalCount: true,
      description: 'In the order in which they were made.',
      args: { contains: t.arg.string({ description: CONTAINS }) },
      query: ({ contains }) => ({ where: nameContains(contains), orderBy: { id: 'asc' } }),
    }),
    restorationConfigs: t.relatedConnection('restorationConfigs', {
      cursor: 'id',
      totalCount: true,
      description: 'In the order in which they were made.',
      args: { contains: t.arg.string({ description: CONTAINS }) },
      query: ({ contains }) => ({ where: nameContains(contains), orderBy: { id: 'asc' } }),
    }),
    imports: t.relatedConnection('imports', {
      cursor: 'id',
      totalCount: true,
      description: 'Newest first.',
      query: { orderBy: { id: 'desc' } },
    }),
  }),
});

builder.queryFields((t) => ({
  projects: t.prismaConnection({
    type: 'Project',
    cursor: 'id',
    description: 'All projects that the caller may see, oldest first.',
    access: 'narrowed',
    args: { contains: t.arg.string({ description: CONTAINS }) },
    resolve: (query, _root, { contains }, { database, actor }) =>
      database.prisma.project.findMany({
        ...query,
        where: { AND: [nameContains(contains), visibleProjects(actor)] },
        orderBy: { id: 'asc' },
      }),
  }),
  project: t.prismaField({
    type: 'Project',
    nullable: true,
    description: 'One project by its names in addresses.',
    args: {
      team: t.arg.string({ required: true, description: "The team's slug." }),
      slug: t.arg.string({ required: true, description: "The project's slug." }),
    },
    access: 'narrowed',
    resolve: (query, _root, { team, slug }, { database, actor }) =>
      database.prisma.project.findFirst({
        ...query,
        where: { AND: [{ slug, team: { slug: team } }, visibleProjects(actor)] },
      }),
  }),
}));
