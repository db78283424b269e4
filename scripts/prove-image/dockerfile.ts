import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** What a stage of the Dockerfile has become: a folder that stands for its file system, and its settings. */
interface Stage {
  readonly root: string;
  readonly env: Record<string, string>;
  workdir: string;
  user: string | undefined;
  command: string[];
}

export interface BuiltImage extends Readonly<Stage> {
  /** The folder of the present machine that stands for a path of the image. */
  place(inside: string): string;
}

/** Who plays the image's user `node`; undefined: whoever runs this. */
export interface Player {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Does what `docker build` would do, instruction by instruction, in folders. Not the same: the base image (this
 * machine's system and Node stand for it) and the isolation. The few absolute paths of RUN, and the user's name, are
 * translated. An instruction that it does not know is an error, so that it can't pass over one.
 */
export function buildImage(
  options: { dockerfile: string; context: string; lot: string; player: Player | undefined },
  tell: (line: string) => void,
): BuiltImage {
  const stages = new Map<string, Stage>();
  let stage: Stage | undefined;
  for (const { name, rest } of instructions(readFileSync(options.dockerfile, 'utf8'))) {
    tell(`${name} ${rest}`);
    if (name === 'FROM') {
      stage = openStage(rest, stages, options.lot);
      continue;
    }
    if (!stage) throw new Error(`${name} before FROM`);
    if (name === 'WORKDIR') mkdirSync(place(stage, (stage.workdir = rest)), { recursive: true });
    else if (name === 'ENV') {
      for (const [, key, value] of rest.matchAll(/(\w+)=(\S+)/g)) stage.env[key!] = value!;
    } else if (name === 'COPY') copy(stage, rest, stages, options.context);
    else if (name === 'RUN') run(stage, rest, options.player);
    else if (name === 'USER') stage.user = rest;
    else if (name === 'CMD') stage.command = z.array(z.string()).parse(JSON.parse(rest));
    else throw new Error(`${name} is not known here: teach scripts/prove-image/dockerfile.ts what it does`);
  }
  if (!stage) throw new Error('the Dockerfile has no stage');
  const last = stage;
  return { ...last, place: (inside) => place(last, inside) };
}

function* instructions(text: string): Generator<{ name: string; rest: string }> {
  for (const line of text.replaceAll('\\\n', ' ').split('\n')) {
    const match = /^([A-Z]+)\s+(.*)$/.exec(line.trim());
    if (match) yield { name: match[1]!, rest: match[2]!.trim() };
    else if (line.trim() !== '' && !line.startsWith('#')) throw new Error(`not an instruction: ${line}`);
  }
}

function openStage(rest: string, stages: Map<string, Stage>, lot: string): Stage {
  const match = /^(\S+) AS (\S+)$/.exec(rest);
  if (!match) throw new Error(`FROM ${rest}: every stage needs a name`);
  const [, from, name] = match;
  const base = stages.get(from!);
  const root = path.join(lot, name!);
  mkdirSync(root, { recursive: true });
  if (base) cpSync(base.root, root, { recursive: true, verbatimSymlinks: true });
  const stage: Stage = {
    root,
    env: { ...base?.env },
    workdir: base?.workdir ?? '/',
    user: base?.user,
    command: base?.command ?? [],
  };
  stages.set(name!, stage);
  return stage;
}

const place = (stage: Stage, inside: string): string =>
  path.join(stage.root, path.posix.resolve(stage.workdir, inside));

function copy(stage: Stage, rest: string, stages: Map<string, Stage>, context: string): void {
  const words = rest.split(/\s+/);
  const from = words[0]!.startsWith('--from=') ? words.shift()!.slice('--from='.length) : undefined;
  if (words[0]!.startsWith('--')) throw new Error(`COPY ${words[0]!} is not known here`);
  const target = words.pop()!;
  const source = from === undefined ? undefined : stages.get(from);
  if (from !== undefined && !source) throw new Error(`COPY --from=${from}: there is no such stage`);
  for (const word of words) {
    const file = source ? place(source, word) : path.join(context, word);
    // A file goes into a target that ends in a slash; of a folder its contents go there.
    const intoFolder = target.endsWith('/') && !statSync(file).isDirectory();
    const into = place(stage, target);
    cpSync(file, intoFolder ? path.join(into, path.basename(word)) : into, {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
}

function run(stage: Stage, command: string, player: Player | undefined): void {
  const script = command
    .replaceAll(/(^|\s)\/(?=\w)/g, `$1${stage.root}/`)
    .replaceAll('chown node:node', player ? `chown ${player.uid}:${player.gid}` : 'true');
  try {
    execFileSync('/bin/sh', ['-ec', script], {
      cwd: place(stage, '.'),
      env: {
        ...packageClients(),
        ...stage.env,
        PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin`,
        HOME: stage.root,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`RUN ${command}\n${stdout ?? ''}${stderr ?? ''}`, { cause: error });
  }
}

/** Where packages come from, and through which proxy: what Docker hands on to a build as well. */
function packageClients(): NodeJS.ProcessEnv {
  const wanted = /^npm_config_(registry|cafile|userconfig|.*auth.*)$|_proxy$|^NODE_EXTRA_CA_CERTS$|^SSL_CERT_/i;
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => wanted.test(key)));
}
