import { knownEnvironment, type GitState, type KnownEnvironment } from '@samplewise/domain';
import { builder } from '../builder.ts';
import './run.ts';

const GitStateRef = builder.objectRef<GitState>('GitState').implement({
  description: 'Where the code of a run was.',
  fields: (t) => ({
    commit: t.exposeString('commit', { nullable: true, description: 'Its digest.' }),
    branch: t.exposeString('branch', { nullable: true, description: 'Such as `main`.' }),
    remote: t.exposeString('remote', { nullable: true, description: 'Its address, without credentials.' }),
    dirty: t.exposeBoolean('dirty', { nullable: true, description: 'Whether there was something that no commit has.' }),
    diff: t.exposeString('diff', { nullable: true, description: 'What no commit has.' }),
  }),
});

const PackageRef = builder.objectRef<{ name: string; version: string }>('Package').implement({
  description: 'A package that a run was made with.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Such as `torch`.' }),
    version: t.exposeString('version', { description: 'Such as `2.13.0`.' }),
  }),
});

const MachineRef = builder.objectRef<KnownEnvironment>('Machine').implement({
  description: 'What a run is made on, as far as it says.',
  fields: (t) => ({
    hostname: t.exposeString('hostname', { nullable: true, description: 'Its name in the network.' }),
    os: t.exposeString('os', { nullable: true, description: 'Operating system and version.' }),
    command: t.exposeString('command', { nullable: true, description: 'What was started.' }),
    python: t.exposeString('python', { nullable: true, description: 'Version of Python.' }),
    node: t.exposeString('node', { nullable: true, description: 'Version of Node.' }),
    cpu: t.string({ nullable: true, description: 'Model of the processor.', resolve: ({ hardware }) => hardware?.cpu }),
    cores: t.float({ nullable: true, description: 'Of the processor.', resolve: ({ hardware }) => hardware?.cores }),
    memoryBytes: t.float({
      nullable: true,
      description: 'Of the whole machine.',
      resolve: ({ hardware }) => hardware?.memoryBytes,
    }),
    gpus: t.stringList({ description: 'Models of graphics cards.', resolve: ({ hardware }) => hardware?.gpus ?? [] }),
  }),
});

builder.prismaObjectFields('Run', (t) => ({
  git: t.field({
    type: GitStateRef,
    nullable: true,
    description: 'Where the code was; none where its client does not say.',
    select: { environment: true },
    resolve: ({ environment }) => knownEnvironment(environment).git ?? null,
  }),
  packages: t.field({
    type: [PackageRef],
    description: 'What it was made with, by name; at most 5,000.',
    args: { names: t.arg.stringList({ description: 'Only these.' }) },
    select: { environment: true },
    resolve: ({ environment }, { names }) =>
      Object.entries(knownEnvironment(environment).packages ?? {})
        .filter(([name]) => !names || names.includes(name))
        .map(([name, version]) => ({ name, version }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
  }),
  machine: t.field({
    type: MachineRef,
    nullable: true,
    description: 'What it is made on; none where nobody says.',
    select: { environment: true },
    resolve: ({ environment }) => (environment === null ? null : knownEnvironment(environment)),
  }),
}));
