import { versionsOfModel, versionsOfRestoration, type ConfigVersion } from '../../configs/read-versions.ts';
import { builder } from '../builder.ts';
import './configs.ts';

/** @param typename of the configs, for their ids */
const versionRef = (typename: 'ModelConfig' | 'RestorationConfig') =>
  builder.objectRef<ConfigVersion>(`${typename}Version`).implement({
    description: `A ${typename} among those of its name.`,
    fields: (t) => ({
      id: t.id({ description: `Such as ${typename}_1.`, resolve: ({ id }) => `${typename}_${id}` }),
      version: t.exposeInt('version', { description: 'Counts the configs of this name from 1.' }),
      digest: t.exposeString('digest', { description: 'SHA-256 of what it says.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was registered.' }),
    }),
  });

const VERSIONS = 'All configs of its name, the newest first, at most 100; configDifference tells two of them apart.';
const RUNS = 'Runs with it, the newest first.';
const ModelVersionRef = versionRef('ModelConfig');
const RestorationVersionRef = versionRef('RestorationConfig');

builder.prismaObjectFields('ModelConfig', (t) => ({
  versions: t.field({
    type: [ModelVersionRef],
    description: VERSIONS,
    select: { projectId: true, name: true },
    resolve: ({ projectId, name }, _args, context) => versionsOfModel(context, { projectId, name }),
  }),
  runs: t.relatedConnection('runs', {
    cursor: 'id',
    description: RUNS,
    query: { where: { deletedAt: null }, orderBy: { id: 'desc' } },
  }),
}));

builder.prismaObjectFields('RestorationConfig', (t) => ({
  versions: t.field({
    type: [RestorationVersionRef],
    description: VERSIONS,
    select: { projectId: true, name: true },
    resolve: ({ projectId, name }, _args, context) => versionsOfRestoration(context, { projectId, name }),
  }),
  runs: t.relatedConnection('runs', {
    cursor: 'id',
    description: RUNS,
    query: { where: { deletedAt: null }, orderBy: { id: 'desc' } },
  }),
}));
