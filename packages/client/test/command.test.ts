import { execFile } from 'node:child_process';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';

const MAIN = path.resolve(import.meta.dirname, '../src/cli/main.ts');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-command-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the command as people do, against an address where nobody listens. */
function samplewise(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [MAIN, ...args],
      { env: { ...process.env, SAMPLEWISE_URL: 'http://127.0.0.1:9' } },
      (_error, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

const target = ['--project', 'demo', '--dataset', 'Faces', '--version', 'v1'];

describe('the samplewise command', () => {
  it('explains itself', async () => {
    const { code, out } = await samplewise('datasets', 'import', '--help');
    expect(code).toBe(0);
    expect(out).toContain('--format <format>');
  });

  it('says that the API is not there', async () => {
    const { code, err } = await samplewise('datasets', 'import', MAIN, ...target);
    expect(code).toBe(1);
    expect(err).toMatch(/^The API at http:\/\/127\.0\.0\.1:9 can't be reached: .*\n$/);
  });

  it('says what is missing', async () => {
    const { code, err } = await samplewise('datasets', 'import', 'faces.zip', '--project', 'demo');
    expect(code).toBe(1);
    expect(err).toContain("required option '--dataset <name>' not specified");
  });

  it('names what is wrong with a spec before it sends anything', async () => {
    const spec = path.join(folder, 'spec.json');
    await writeFile(spec, JSON.stringify({ kind: 'onnx-classifier', labels: ['a'], input: { width: 0, height: 9 } }));
    const { code, err } = await samplewise(
      ...['models', 'register', '--project', 'demo', '--name', 'm', '--spec', spec, '--weights', 'model.onnx'],
    );
    expect(code).toBe(1);
    expect(err).toContain('spec.labels: needs at least two labels');
    expect(err).toContain('spec.input.width');
  });

  it('names an id that is none', async () => {
    const { code, err } = await samplewise('runs', 'show', 'Experiment_1');
    expect(code).toBe(1);
    expect(err).toContain('This is no id of a Run. It is like Run_12, or 12. [Experiment_1]');
  });
});

describe('its settings', () => {
  it('come from the environment', () => {
    expect(readConfig({})).toEqual({ url: 'http://127.0.0.1:4000' });
    const environment = { SAMPLEWISE_URL: 'https://samples.example', SAMPLEWISE_TOKEN: 'secret' };
    expect(readConfig(environment)).toEqual({ url: 'https://samples.example', token: 'secret' });
  });

  it('are refused by name', () => {
    expect(() => readConfig({ SAMPLEWISE_URL: 'ftp://x' })).toThrow('SAMPLEWISE_URL: must be an address');
  });
});
