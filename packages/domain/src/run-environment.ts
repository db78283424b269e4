import { z } from 'zod';
import { holdsNul } from './nul.ts';

/** Characters of an environment as JSON: a git diff is the largest part of it. */
const ENVIRONMENT_LIMIT = 1_000_000;
export const PACKAGE_LIMIT = 5000;

const short = z.string().max(1000, 'must have at most 1,000 characters');
const count = z.number().min(0);

/** `https://user:secret@host/repo?token=x` -> `https://host/repo`; `git@host:repo` is left as it is. */
export function withoutCredentials(remote: string): string {
  const address = /^([a-z][a-z0-9+.-]*:\/\/)(?:[^/]*@)?([^?#]*)/i.exec(remote);
  return address ? `${address[1]!}${address[2]!}` : remote;
}

/** Where the code was, as far as git knows. */
const git = z.looseObject({
  commit: short.nullish(),
  branch: short.nullish(),
  remote: short.transform(withoutCredentials).nullish(),
  /** There was something that no commit has. */
  dirty: z.boolean().nullish(),
  /** Of what no commit has, as `git diff HEAD` gives it. */
  diff: z.string().nullish(),
});

/** Versions by name. A list of names and versions, as some clients have it, becomes the same. */
const packages = z
  .union(
    [
      z.record(short, short),
      z.array(z.looseObject({ name: short, version: short })).transform((all) => {
        return Object.fromEntries(all.map(({ name, version }) => [name, version]));
      }),
    ],
    'must be versions by name',
  )
  .refine((all) => Object.keys(all).length <= PACKAGE_LIMIT, `can be at most ${PACKAGE_LIMIT}`);

const hardware = z.looseObject({
  /** Model of the processor. */
  cpu: short.nullish(),
  cores: count.nullish(),
  memoryBytes: count.nullish(),
  /** Models of graphics cards. */
  gpus: z.array(short).max(1000, 'can be at most 1,000').nullish(),
});

/** The parts that the platform knows; whatever else is said is kept beside them. */
const known = {
  git: git.nullish(),
  packages: packages.nullish(),
  hardware: hardware.nullish(),
  os: short.nullish(),
  hostname: short.nullish(),
  /** What was started. */
  command: z.string().max(20_000, 'must have at most 20,000 characters').nullish(),
  python: short.nullish(),
  node: short.nullish(),
};

/** Where and of what a client runs: git, packages, hardware, and whatever else it knows. */
export const runEnvironment = z
  .looseObject(known)
  .refine((e) => z.json().safeParse(e).success, 'must be JSON')
  .refine((e) => JSON.stringify(e).length <= ENVIRONMENT_LIMIT, 'must have at most 1,000,000 characters as JSON')
  .refine((e) => !holdsNul(e), 'must not contain a NUL character');
export type RunEnvironment = z.infer<typeof runEnvironment>;

export interface GitState {
  commit?: string | null | undefined;
  branch?: string | null | undefined;
  remote?: string | null | undefined;
  dirty?: boolean | null | undefined;
  diff?: string | null | undefined;
}

type Parts = { [K in keyof typeof known]: NonNullable<z.infer<(typeof known)[K]>> | undefined };
export type KnownEnvironment = Omit<Parts, 'git'> & { git: GitState | undefined };

/**
 * The parts of a stored environment that the platform knows; undefined where there is none, or it is of another shape,
 * as in what was stored before the shape was known.
 */
export function knownEnvironment(environment: unknown): KnownEnvironment {
  const given = (typeof environment === 'object' && environment !== null ? environment : {}) as Record<string, unknown>;
  const part = <K extends keyof typeof known>(key: K): Parts[K] =>
    (known[key].safeParse(given[key]).data ?? undefined) as Parts[K];
  return {
    git: part('git'),
    packages: part('packages'),
    hardware: part('hardware'),
    os: part('os'),
    hostname: part('hostname'),
    command: part('command'),
    python: part('python'),
    node: part('node'),
  };
}
