import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collectEnvironment, withoutSecrets } from '../src/environment.ts';

let folder: string;
const git = (...args: string[]) =>
  promisify(execFile)('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { cwd: folder });

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-environment-'));
  await git('init', '-b', 'trunk');
  await git('remote', 'add', 'origin', 'https://me:hidden@host.example/repo.git');
  await writeFile(path.join(folder, 'a.txt'), 'one\n');
  const lock = { packages: { '': {}, 'node_modules/@x/y': { version: '1.2.3' }, 'node_modules/z/node_modules/w': { version: '9' } } }; // prettier-ignore
  await writeFile(path.join(folder, 'package-lock.json'), JSON.stringify(lock));
  await git('add', '.');
  await git('commit', '-m', 'first');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('tells where the code is, and what no commit has', async () => {
  expect((await collectEnvironment(folder)).git).toMatchObject({ branch: 'trunk', dirty: false });
  await writeFile(path.join(folder, 'a.txt'), 'two\n');
  const { git: state, packages } = await collectEnvironment(folder);
  expect(state).toMatchObject({ dirty: true, remote: 'https://host.example/repo.git' });
  expect(state!.commit).toMatch(/^[0-9a-f]{40}$/);
  expect(state!.diff).toContain('-one\n+two\n');
  expect(packages).toEqual({ '@x/y': '1.2.3' });
});

it('does without git and without packages', async () => {
  const { git: state, packages } = await collectEnvironment(os.tmpdir());
  expect([state, packages]).toEqual([undefined, undefined]);
});

it('leaves secrets out of the command', () => {
  const argv = [
    'node',
    'train.js',
    '--api-key=abc',
    '--token',
    'def',
    '--lr',
    '0.1',
    'PASSWORD=ghi',
    'https://u:p@h/x',
  ];
  expect(withoutSecrets(argv).join(' ')).toBe(
    'node train.js --api-key=*** --token *** --lr 0.1 PASSWORD=*** https://h/x',
  );
});
