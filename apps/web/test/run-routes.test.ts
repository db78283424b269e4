import { expect, test } from 'vitest';
import { pathOfArtifact, pathOfFile, pathOfSending } from '../src/graphql/run-routes.ts';

const search = (text = '') => new URLSearchParams(text);

test('known files of a run are handed on with what they know of a query, and nothing else is', () => {
  expect(pathOfFile('Run_1', 'logs.txt', search('level=WARN&admin=true'))).toBe('/runs/Run_1/logs.txt?level=WARN');
  expect(pathOfFile('Run_1', 'predictions.parquet', search('x=1'))).toBe('/runs/Run_1/predictions.parquet');
  for (const file of ['logs', 'constructor', '..', 'predictions.csv/..']) {
    expect(pathOfFile('Run_1', file, search())).toBeUndefined();
  }
  for (const run of ['1', 'Run_', 'Run_1/../../graphql', 'Project_1', 'Run_01']) {
    expect(pathOfFile(run, 'logs.txt', search())).toBeUndefined();
  }
});

test('programs send predictions and lines to the address of the page', () => {
  expect(pathOfSending('Run_1', 'predictions', search('batch=a&x=1'))).toBe('/runs/Run_1/predictions?batch=a');
  expect(pathOfSending('Run_1', 'logs', search('batch=a&stream=STDOUT'))).toBe(
    '/runs/Run_1/logs?batch=a&stream=STDOUT',
  );
  for (const what of ['logs.txt', 'artifacts', '__proto__']) {
    expect(pathOfSending('Run_1', what, search())).toBeUndefined();
  }
});

test('an artifact is handed on whatever its letters, and no path leads out of the run', () => {
  expect(pathOfArtifact('Run_2', ['a b', 'ü?#.txt'], search('version=3'))).toBe(
    '/runs/Run_2/artifacts/a%20b/%C3%BC%3F%23.txt?version=3',
  );
  expect(pathOfArtifact('Run_2', ['a/../..', 'x'], search())).toBe('/runs/Run_2/artifacts/a%2F..%2F../x');
  for (const path of [['..', 'x'], ['a', '.'], ['']]) expect(pathOfArtifact('Run_2', path, search())).toBeUndefined();
});
