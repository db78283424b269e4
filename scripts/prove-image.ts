import { startEmbeddedPostgres } from '@samplewise/database';
import getPort from 'get-port';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { readCompose } from './prove-image/compose.ts';
import { Container } from './prove-image/container.ts';
import { buildImage, type Player } from './prove-image/dockerfile.ts';
import { ROOT } from './start/config.ts';

// Where no Docker engine runs: does what the Dockerfile and docker-compose.yml say, from the committed files, in empty
// folders. Proven by it: every COPY and RUN, that the image holds what each service needs and nothing but that, the
// services' commands, environments and health checks, that they run as an ordinary user and stop in time. Not proven:
// the base images, Docker's own network, volumes, capabilities and restarts.

const RUN_SECONDS = 60;
const token = randomBytes(24).toString('hex');
const lot = mkdtempSync(path.join(os.tmpdir(), 'samplewise-image-'));
chmodSync(lot, 0o755);
/** Root stands aside, as `USER node` does: 65534 is nobody, everywhere. */
const player: Player | undefined = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;

async function main(): Promise<void> {
  const context = path.join(lot, 'context');
  mkdirSync(context);
  // tar's patterns are close to those of .dockerignore, and exclude rather more.
  execFileSync('/bin/sh', ['-ec', `git archive HEAD | tar -x -C "$1" --exclude-from=.dockerignore`, 'sh', context], {
    cwd: ROOT,
  });
  const image = buildImage({ dockerfile: path.join(context, 'Dockerfile'), context, lot, player }, (line) =>
    console.log(`  ${line}`),
  );
  const size = execFileSync('du', ['-sm', image.place('.')], { encoding: 'utf8' }).split('\t')[0];
  console.log(`The image's own layers: ${size ?? '?'} MB`);

  const postgres = await startEmbeddedPostgres(path.join(lot, 'postgres'));
  try {
    await proveServices(image, new URL(postgres.url));
  } finally {
    await postgres.stop();
  }
}

async function proveServices(image: ReturnType<typeof buildImage>, database: URL): Promise<void> {
  const [apiPort, webPort] = [await getPort(), await getPort()];
  const translate = (text: string): string =>
    text
      .replace('postgres:5432', database.host)
      .replace(/\bapi:4000\b/, `127.0.0.1:${apiPort}`)
      .replace(/\b4000\b/, String(apiPort))
      .replace(/\b3000\b/, String(webPort))
      .replace(/^0\.0\.0\.0$/, '127.0.0.1')
      .replace(/^\/data$/, image.place('/data'));
  const services = readCompose(
    path.join(ROOT, 'docker-compose.yml'),
    { POSTGRES_PASSWORD: database.password, SAMPLEWISE_API_TOKEN: token },
    translate,
  );
  const container = (name: string): Container => new Container(name, services[name]!, image, player);

  console.log(`migrate: ${await container('migrate').runToEnd()}`);
  console.log(`migrate again: ${await container('migrate').runToEnd()}`);
  const running = [container('api'), container('executor'), container('web')];
  try {
    for (const each of running) {
      console.log(`${each.name}: healthy after ${((await each.startHealthy()) / 1000).toFixed(1)} s`);
    }
    await expectStatus(
      'the API refuses who has no token',
      `http://127.0.0.1:${apiPort}/graphql?query={__typename}`,
      401,
    );
    await expectStatus('the page comes', `http://127.0.0.1:${webPort}/`, 200);
    console.log(`a run through the queue: ${await proveRun(`http://127.0.0.1:${apiPort}`)}`);
  } finally {
    for (const each of running.toReversed()) await each.stop();
  }
  console.log('All stopped in time.');
}

async function expectStatus(what: string, url: string, status: number): Promise<void> {
  const response = await fetch(url, { redirect: 'follow' });
  if (response.status !== status) throw new Error(`${what}: ${response.status} instead of ${status} from ${url}`);
  console.log(`${what}: ${status}`);
}

/** The demo is seeded from outside, as any client would, and its first run waited for. */
async function proveRun(api: string): Promise<string> {
  execFileSync(process.execPath, ['packages/demo/src/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, SAMPLEWISE_URL: api, SAMPLEWISE_API_TOKEN: token },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const query = '{ node(id: "Run_1") { ... on Run { status failure { message } } } }';
  const answer = z.object({
    data: z.object({ node: z.object({ status: z.string(), failure: z.object({ message: z.string() }).nullable() }) }),
  });
  for (let attempt = 0; attempt < RUN_SECONDS; attempt++) {
    const response = await fetch(`${api}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    const { node } = answer.parse(await response.json()).data;
    if (node.status === 'FINISHED') return node.status;
    if (node.status === 'FAILED') throw new Error(`the run failed: ${node.failure?.message ?? 'without a reason'}`);
    await sleep(1000);
  }
  throw new Error(`the first run was not finished within ${RUN_SECONDS} s`);
}

try {
  await main();
} finally {
  rmSync(lot, { recursive: true, force: true });
}
