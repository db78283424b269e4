import { GraphWriter } from '../graph-writer.ts';

/** Phi-3.5 Vision's architecture with few and narrow layers. */
export const SIZES = {
  visionWidth: 8,
  visionHeads: 2,
  /** Of the language model. */
  hidden: 32,
  heads: 4,
  keyValueHeads: 4,
  headSize: 8,
  layers: 2,
  intermediate: 48,
} as const;

/** Larger than a new network's weights would be, so that what it says depends on the picture. */
const GAIN = 4;

const IMAGE = 336;
const PATCHES = 24; // 336 / 14
const MERGED = 12; // 2 x 2 patches become one token

/** x - mean, over the standard deviation, times a weight, plus a bias. */
const layerNorm = (g: GraphWriter, x: string, width: number): string =>
  g.node('LayerNormalization', [x, g.weights([width], 'ones'), g.weights([width], 'zeros')], {
    axis: -1,
    epsilon: { float: 1e-5 },
  });

/**
 * CLIP's vision transformer on every crop, then the crops put together to the picture they were cut from ('hd
 * transform': first the parts, then the whole, with a learned separator at each row's end), then a projection.
 * pixel_values [images, 1 + crops, 3, 336, 336], image_sizes [images, 2] -> image_features [tokens, hidden]; one image.
 */
export function visionEncoder(seed: number): Uint8Array {
  const g = new GraphWriter('vision_encoder', seed);
  const { visionWidth: width, visionHeads: heads, hidden } = SIZES;
  const pixels = g.input('pixel_values', ['num_images', 'num_crops', 3, IMAGE, IMAGE]);
  const sizes = g.input('image_sizes', ['num_images', 2], 'int64');
  const merged = 4 * width;

  const crops = g.node('Reshape', [pixels, g.ints([-1, 3, IMAGE, IMAGE])]);
  const embedded = g.node('Conv', [crops, g.weights([width, 3, 14, 14], 0.2)], {
    kernel_shape: [14, 14],
    strides: [14, 14],
  });
  const rows = g.node('Transpose', [g.node('Reshape', [embedded, g.ints([0, width, -1])])], { perm: [0, 2, 1] });
  const count = g.node('Gather', [g.node('Shape', [crops]), g.ints([0])], { axis: 0 });
  const classShape = g.node('Concat', [count, g.ints([1, width])], { axis: 0 });
  const withClass = g.node('Concat', [g.node('Expand', [g.weights([1, 1, width], 0.5), classShape]), rows], {
    axis: 1,
  });
  let x = layerNorm(g, g.node('Add', [withClass, g.weights([1, PATCHES ** 2 + 1, width], 0.5)]), width);

  // One encoder layer.
  const normed = layerNorm(g, x, width);
  const split = (t: string, perm: readonly number[]): string =>
    g.node('Transpose', [g.node('Reshape', [t, g.ints([0, 0, heads, width / heads])])], { perm });
  const query = split(g.linear(normed, width, width, { gain: GAIN }), [0, 2, 1, 3]);
  const key = split(g.linear(normed, width, width, { gain: GAIN }), [0, 2, 3, 1]);
  const value = split(g.linear(normed, width, width), [0, 2, 1, 3]);
  const scores = g.node('Mul', [g.node('MatMul', [query, key]), g.floats([1 / Math.sqrt(width / heads)])]);
  const mixed = g.node('MatMul', [g.node('Softmax', [scores], { axis: -1 }), value]);
  const joined = g.node('Reshape', [g.node('Transpose', [mixed], { perm: [0, 2, 1, 3] }), g.ints([0, 0, width])]);
  x = g.node('Add', [x, g.linear(joined, width, width)]);
  const wide = g.linear(layerNorm(g, x, width), width, 4 * width);
  const quickGelu = g.node('Mul', [wide, g.node('Sigmoid', [g.node('Mul', [wide, g.floats([1.702])])])]);
  x = g.node('Add', [x, g.linear(quickGelu, 4 * width, width)]);

  // Without the class token; 2 x 2 neighbours side by side: [1 + crops, 12, 12, 4 width].
  const patches = g.node('Slice', [x, g.ints([1]), g.ints([PATCHES ** 2 + 1]), g.ints([1])]);
  const grid = g.node('Reshape', [patches, g.ints([-1, MERGED, 2, MERGED, 2, width])]);
  const tokens = g.node('Reshape', [
    g.node('Transpose', [grid], { perm: [0, 1, 3, 2, 4, 5] }),
    g.ints([-1, MERGED, MERGED, merged]),
  ]);

  const cropGrid = g.node('Div', [g.node('Reshape', [sizes, g.ints([2])]), g.ints([IMAGE])]);
  const [high, across] = g.nodes('Split', [cropGrid, g.ints([1, 1])], 2, { axis: 0 });
  const separator = g.weights([1, 1, merged], 0.5);
  const rowsOf = (picture: string, height: string): string => {
    const shape = g.node('Concat', [height, g.ints([1, merged])], { axis: 0 });
    const ends = g.node('Expand', [separator, shape]);
    return g.node('Reshape', [g.node('Concat', [picture, ends], { axis: 1 }), g.ints([-1, merged])]);
  };
  const end = g.node('Add', [g.node('Mul', [high!, across!]), g.ints([1])]);
  const used = g.node('Slice', [tokens, g.ints([1]), end, g.ints([0])]);
  const apart = g.node('Reshape', [
    used,
    g.node('Concat', [high!, across!, g.ints([MERGED, MERGED, merged])], { axis: 0 }),
  ]);
  const height = g.node('Mul', [high!, g.ints([MERGED])]);
  const together = g.node('Reshape', [
    g.node('Transpose', [apart], { perm: [0, 2, 1, 3, 4] }),
    g.node('Concat', [height, g.node('Mul', [across!, g.ints([MERGED])]), g.ints([merged])], { axis: 0 }),
  ]);
  const whole = g.node('Reshape', [
    g.node('Slice', [tokens, g.ints([0]), g.ints([1]), g.ints([0])]),
    g.ints([MERGED, MERGED, merged]),
  ]);
  const between = g.weights([1, merged], 0.5);
  const all = g.node('Concat', [rowsOf(together, height), between, rowsOf(whole, g.ints([MERGED]))], { axis: 0 });

  const projected = g.linear(all, merged, hidden);
  const gelu = g.node('Mul', [projected, g.node('Sigmoid', [g.node('Mul', [projected, g.floats([1.702])])])]);
  g.output('image_features', ['num_image_tokens', hidden], g.linear(gelu, hidden, hidden, { gain: GAIN }));
  return g.finish();
}

/** input_ids [1, tokens], those of the image negative, and image_features [image tokens, hidden] -> inputs_embeds. */
export function prepareInputsEmbeds(seed: number, vocabulary: number): Uint8Array {
  const g = new GraphWriter('prepare_inputs_embeds', seed);
  const ids = g.input('input_ids', ['batch_size', 'sequence_length'], 'int64');
  const features = g.input('image_features', ['num_image_tokens', SIZES.hidden]);
  const table = g.weights([vocabulary, SIZES.hidden], 1);
  const words = g.node('Gather', [table, g.node('Max', [ids, g.ints([0])])], { axis: 0 });
  const places = g.node('Transpose', [g.node('NonZero', [g.node('Less', [ids, g.ints([0])])])], { perm: [1, 0] });
  g.output(
    'inputs_embeds',
    ['batch_size', 'sequence_length', SIZES.hidden],
    g.node('ScatterND', [words, places, features]),
  );
  return g.finish();
}

/**
 * The decoder: RMS norms, rotary positions, causal attention over the cache, gated units.
 * @param favoured tokens whose logits are raised, so that a random model says words
 */
export function decoder(seed: number, vocabulary: number, favoured: readonly number[]): Uint8Array {
  const g = new GraphWriter('model', seed);
  const { hidden, heads, keyValueHeads, headSize, layers, intermediate } = SIZES;
  const batch = 'batch_size';
  const embeds = g.input('inputs_embeds', [batch, 'sequence_length', hidden]);
  const attention = g.input('attention_mask', [batch, 'total_sequence_length'], 'int64');
  const positions = g.input('position_ids', [batch, 'sequence_length'], 'int64');
  const past = (i: number, what: string): string =>
    g.input(`past_key_values.${i}.${what}`, [batch, keyValueHeads, 'past_sequence_length', headSize]);
  const caches = Array.from({ length: layers }, (_, i) => ({ key: past(i, 'key'), value: past(i, 'value') }));

  const rmsNorm = (x: string): string => {
    const square = g.node('ReduceMean', [g.node('Mul', [x, x])], { axes: [-1] });
    const root = g.node('Sqrt', [g.node('Add', [square, g.floats([1e-5])])]);
    return g.node('Mul', [g.node('Div', [x, root]), g.weights([hidden], 'ones')]);
  };
  // Angles [batch, 1, sequence, head]: the two halves of a head turn together.
  const half = headSize / 2;
  const frequencies = Array.from({ length: half }, (_, i) => 10_000 ** (-i / half));
  const place = g.node('Unsqueeze', [g.node('Cast', [positions], { to: 1 }), g.ints([1, 3])]);
  const angles = g.node('Mul', [place, g.floats([...frequencies, ...frequencies], [1, 1, 1, headSize])]);
  const [cosine, sine] = [g.node('Cos', [angles]), g.node('Sin', [angles])];
  const rotate = (x: string): string => {
    const [first, second] = g.nodes('Split', [x, g.ints([half, half])], 2, { axis: 3 });
    const turned = g.node('Concat', [g.node('Neg', [second!]), first!], { axis: 3 });
    return g.node('Add', [g.node('Mul', [x, cosine]), g.node('Mul', [turned, sine])]);
  };
  // A key may be looked at when it is not later than the query, and not masked.
  const total = g.node('Gather', [g.node('Shape', [attention]), g.ints([1], [])], { axis: 0 });
  const keyAt = g.node('Reshape', [g.node('Range', [g.ints([0], []), total, g.ints([1], [])]), g.ints([1, 1, 1, -1])]);
  const allowed = g.node('LessOrEqual', [keyAt, g.node('Unsqueeze', [positions, g.ints([1, 3])])]);
  const present = g.node('Greater', [g.node('Unsqueeze', [attention, g.ints([1, 2])]), g.ints([0])]);
  const mask = g.node('Where', [g.node('And', [allowed, present]), g.floats([0]), g.floats([-1e9])]);

  const split = (t: string, n: number): string =>
    g.node('Transpose', [g.node('Reshape', [t, g.ints([0, 0, n, headSize])])], { perm: [0, 2, 1, 3] });
  let x = embeds;
  for (const [i, cache] of caches.entries()) {
    const normed = rmsNorm(x);
    const sizes = [heads * headSize, keyValueHeads * headSize, keyValueHeads * headSize];
    const packed = g.linear(normed, hidden, sizes[0]! + sizes[1]! + sizes[2]!, { bias: false, gain: GAIN });
    const [q, k, v] = g.nodes('Split', [packed, g.ints(sizes)], 3, { axis: 2 });
    const key = g.node('Concat', [cache.key, rotate(split(k!, keyValueHeads))], { axis: 2 });
    const value = g.node('Concat', [cache.value, split(v!, keyValueHeads)], { axis: 2 });
    g.output(`present.${i}.key`, [batch, keyValueHeads, 'total_sequence_length', headSize], key);
    g.output(`present.${i}.value`, [batch, keyValueHeads, 'total_sequence_length', headSize], value);
    const products = g.node('MatMul', [rotate(split(q!, heads)), g.node('Transpose', [key], { perm: [0, 1, 3, 2] })]);
    const scores = g.node('Add', [g.node('Mul', [products, g.floats([1 / Math.sqrt(headSize)])]), mask]);
    const mixed = g.node('MatMul', [g.node('Softmax', [scores], { axis: -1 }), value]);
    const joined = g.node('Reshape', [
      g.node('Transpose', [mixed], { perm: [0, 2, 1, 3] }),
      g.ints([0, 0, heads * headSize]),
    ]);
    x = g.node('Add', [x, g.linear(joined, heads * headSize, hidden, { bias: false, gain: GAIN })]);
    const gateAndUp = g.linear(rmsNorm(x), hidden, 2 * intermediate, { bias: false });
    const [gate, up] = g.nodes('Split', [gateAndUp, g.ints([intermediate, intermediate])], 2, { axis: 2 });
    const silu = g.node('Mul', [gate!, g.node('Sigmoid', [gate!])]);
    x = g.node('Add', [x, g.linear(g.node('Mul', [silu, up!]), intermediate, hidden, { bias: false })]);
  }
  const raised = Array.from({ length: vocabulary }, (_, token) => (favoured.includes(token) ? 20 : 0));
  const logits = g.node('Add', [
    g.linear(rmsNorm(x), hidden, vocabulary, { bias: false, gain: GAIN }),
    g.floats(raised),
  ]);
  g.output('logits', [batch, 'sequence_length', vocabulary], logits);
  return g.finish();
}
