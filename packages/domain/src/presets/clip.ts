import { adjectivesOf } from './emotions.ts';
import type { Preset } from './preset.ts';

/** Prompts for faces, averaged to one embedding a class. */
const TEMPLATES = [
  'a photo of a {} face',
  'a photo of a person who looks {}',
  'a close-up portrait of a {} person',
  'the facial expression of a {} person',
];

/** exp of OpenAI's trained logit scale, which was clipped there. */
const LOGIT_SCALE = 100;

const clip = (name: string, title: string, repository: string): Preset => ({
  name,
  kind: 'model',
  about: `${title}, zero-shot, with four prompts a class`,
  source: `https://huggingface.co/${repository}`,
  licence: 'MIT (OpenAI)',
  folder: false,
  files: ['vision', 'text'].map((part) => ({
    place: part,
    url: `https://huggingface.co/${repository}/resolve/main/onnx/${part}_model.onnx`,
    sha256: null,
  })),
  build: ({ labels }, digests) => ({
    kind: 'clip-zero-shot',
    vision: { digest: digests.get('vision') },
    text: { digest: digests.get('text') },
    labels,
    words: adjectivesOf(labels),
    templates: TEMPLATES,
    logitScale: LOGIT_SCALE,
    visionOutput: 'image_embeds',
    textInput: 'input_ids',
    textOutput: 'text_embeds',
    // CLIP's tokenizer fills up with its end token; what stands behind the first one does not count.
    padToken: 49_407,
    input: {
      name: 'pixel_values',
      width: 224,
      height: 224,
      shortSide: 224,
      resize: 'cubic',
      mean: [0.48145466, 0.4578275, 0.40821073],
      std: [0.26862954, 0.26130258, 0.27577711],
      batch: 16,
    },
  }),
});

export const CLIP_PRESETS: readonly Preset[] = [
  clip('clip-vit-b-32', 'CLIP ViT-B/32', 'Xenova/clip-vit-base-patch32'),
  clip('clip-vit-l-14', 'CLIP ViT-L/14', 'Xenova/clip-vit-large-patch14'),
];
