import type { Preset } from './preset.ts';

/** The 512 x 512 export that is in wide use: `input` RGB in -1..1 -> `output`. */
export const GFPGAN_PRESET: Preset = {
  name: 'gfpgan-v1.4',
  kind: 'restoration',
  about: 'GFPGAN v1.4 on pictures that are nothing but a face, such as those of FER-2013',
  source: 'https://github.com/TencentARC/GFPGAN',
  licence: 'Apache-2.0 (TencentARC)',
  folder: false,
  files: [
    {
      place: '0.weights',
      url: 'https://huggingface.co/netrunner-exe/Face-Upscalers-onnx/resolve/main/GFPGANv1.4.onnx',
      // As several public projects that use this file give it, independently of each other.
      sha256: '6548e54cbcf248af385248f0c1193b359c37a0f98b836282b09cf48af4fd2b73',
    },
  ],
  build: (_choice, digests) => [{ kind: 'gfpgan', mode: 'whole', weights: { digest: digests.get('0.weights') } }],
};
