import { GraphWriter } from './graph-writer.ts';

/**
 * The stages of EfficientNet-B0 (Tan and Le, 2019, table 1): expansion, kernel, stride, channels in and out, layers.
 */
const STAGES = [
  [1, 3, 1, 32, 16, 1],
  [6, 3, 2, 16, 24, 2],
  [6, 5, 2, 24, 40, 2],
  [6, 3, 2, 40, 80, 3],
  [6, 5, 1, 80, 112, 3],
  [6, 5, 2, 112, 192, 4],
  [6, 3, 1, 192, 320, 1],
] as const;

/**
 * EfficientNet-B0 as torchvision exports it, with random weights: inverted bottlenecks with squeeze and excitation,
 * swish, batch normalisation. `input` [N,3,224,224] -> `output` [N, classes].
 */
export function efficientNetB0(classes: number): { bytes: Uint8Array; parameters: number } {
  const g = new GraphWriter('efficientnet_b0', 11);
  const swish = (x: string): string => g.node('Mul', [x, g.node('Sigmoid', [x])]);

  interface Convolution {
    kernel: number;
    stride?: number;
    groups?: number;
    from: number;
    to: number;
  }
  const convolve = (x: string, { kernel, stride = 1, groups = 1, from, to }: Convolution): string => {
    const pad = (kernel - 1) / 2;
    const scale = Math.sqrt(2 / (kernel * kernel * (from / groups)));
    const kernels = g.weights([to, from / groups, kernel, kernel], scale);
    const convolved = g.node('Conv', [x, kernels], {
      ...{ kernel_shape: [kernel, kernel], strides: [stride, stride], pads: [pad, pad, pad, pad], group: groups },
    });
    const normal = [
      g.weights([to], 'ones'),
      g.weights([to], 'zeros'),
      g.weights([to], 'zeros'),
      g.weights([to], 'ones'),
    ];
    return g.node('BatchNormalization', [convolved, ...normal], { epsilon: { float: 1e-5 } });
  };
  const squeezeAndExcite = (x: string, channels: number, squeezed: number): string => {
    const dense = (value: string, from: number, to: number): string =>
      g.node('Conv', [value, g.weights([to, from, 1, 1], Math.sqrt(1 / from)), g.weights([to], 'zeros')], {
        kernel_shape: [1, 1],
      });
    const small = swish(dense(g.node('GlobalAveragePool', [x]), channels, squeezed));
    return g.node('Mul', [x, g.node('Sigmoid', [dense(small, squeezed, channels)])]);
  };

  let x = swish(convolve(g.input('input', ['N', 3, 224, 224]), { kernel: 3, stride: 2, from: 3, to: 32 }));
  for (const [expansion, kernel, firstStride, first, to, layers] of STAGES) {
    for (let layer = 0; layer < layers; layer++) {
      const from = layer === 0 ? first : to;
      const stride = layer === 0 ? firstStride : 1;
      const wide = from * expansion;
      const expanded = expansion === 1 ? x : swish(convolve(x, { kernel: 1, from, to: wide }));
      const deep = swish(convolve(expanded, { kernel, stride, groups: wide, from: wide, to: wide }));
      const excited = squeezeAndExcite(deep, wide, Math.max(1, from / 4));
      const projected = convolve(excited, { kernel: 1, from: wide, to });
      x = stride === 1 && from === to ? g.node('Add', [projected, x]) : projected;
    }
  }
  const pooled = g.node('GlobalAveragePool', [swish(convolve(x, { kernel: 1, from: 320, to: 1280 }))]);
  const flat = g.node('Flatten', [pooled]);
  g.output('output', ['N', classes], g.linear(flat, 1280, classes));
  return { bytes: g.finish(), parameters: g.parameters };
}
