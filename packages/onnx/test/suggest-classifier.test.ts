import { expect, it } from 'vitest';
import { GraphWriter, type Size } from '../../executor/test/support/graph-writer.ts';
import { readModelFile, suggestClassifier } from '../src/index.ts';

async function suggestionOf(input: Size[], output: [string, Size[]], last = 'Identity') {
  const g = new GraphWriter('suggested');
  const x = g.input('pixels', input);
  g.output(output[0], output[1], last === 'Identity' ? x : g.node(last, [x]));
  const bytes = g.finish();
  const read = await readModelFile(
    { size: bytes.length, read: (start, length) => Promise.resolve(bytes.subarray(start, start + length)) },
    'weights',
  );
  return 'graph' in read ? suggestClassifier(read.graph) : undefined;
}

it.each<[string, Parameters<typeof suggestionOf>, object]>([
  [
    'colours first',
    [['N', 3, 224, 160], ['logits', ['N', 7]]],
    { input: { name: 'pixels', layout: 'NCHW', colour: 'RGB', height: 224, width: 160 }, output: { activation: 'logits' }, classes: 7 },
  ],
  [
    'grey last',
    [['N', 48, 64, 1], ['scores', ['N', 2]]],
    { input: { layout: 'NHWC', colour: 'GRAY', height: 48, width: 64 }, classes: 2 },
  ],
  ['open sizes', [['N', 3, 'H', 'W'], ['y', ['N', 'C']]], { input: { name: 'pixels', layout: 'NCHW', colour: 'RGB' }, classes: undefined }],
  ['a softmax', [['N', 1, 8, 8], ['y', ['N', 2]], 'Softmax'], { output: { name: 'y', activation: 'probabilities' } }],
  ['a name', [['N', 1, 8, 8], ['prob_1', ['N', 2]]], { output: { activation: 'probabilities' } }],
])('a classifier is read off its file: %s', async (_what, given, expected) => {
  expect(await suggestionOf(...given)).toMatchObject(expected);
}); // prettier-ignore
