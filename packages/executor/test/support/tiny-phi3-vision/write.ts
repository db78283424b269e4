import { digestOfBytes, modelSpec, type ModelSpec } from '@samplewise/domain';
import { writeFile } from 'node:fs/promises';
import { onnx } from 'onnx-proto';
import path from 'node:path';
import { decoder, prepareInputsEmbeds, SIZES, visionEncoder } from './graphs.ts';
import { llamaTokenizer } from './tokenizer.ts';

export interface TinyPhi3Vision {
  /** Files by their paths in the model's folder; where they are they have their digests as names, as blobs have. */
  files: { path: string; digest: string; file: string }[];
}

/**
 * Writes the files that onnx-community's Phi-3.5-vision-instruct has: three graphs and their settings, of the true
 * architecture, small, with random weights. It says words, the same for the same picture, that mean nothing.
 * @param words that its vocabulary holds whole, and that it prefers to say
 */
export async function writeTinyPhi3Vision(folder: string, words: readonly string[]): Promise<TinyPhi3Vision> {
  const { idOf, size, ...tokenizer } = llamaTokenizer(words);
  const favoured = [...words.map((word) => idOf(`▁${word}`)), idOf('<|end|>')];
  const contents: Record<string, Uint8Array> = {
    'config.json': json({
      architectures: ['Phi3VForCausalLM'],
      model_type: 'phi3_v',
      bos_token_id: 1,
      eos_token_id: idOf('<|endoftext|>'),
      pad_token_id: idOf('<|endoftext|>'),
      hidden_act: 'silu',
      hidden_size: SIZES.hidden,
      intermediate_size: SIZES.intermediate,
      num_attention_heads: SIZES.heads,
      num_key_value_heads: SIZES.keyValueHeads,
      num_hidden_layers: SIZES.layers,
      head_dim: SIZES.headSize,
      vocab_size: size,
      max_position_embeddings: 131_072,
      rms_norm_eps: 1e-5,
      rope_theta: 10_000,
      img_processor: { name: 'clip_vision_model', image_dim_out: SIZES.visionWidth, num_img_tokens: 144 },
      embd_layer: { embedding_cls: 'image', hd_transform_order: 'sub_glb', use_hd_transform: true },
      torch_dtype: 'float32',
      use_cache: true,
    }),
    'generation_config.json': json({
      _from_model_config: true,
      bos_token_id: 1,
      eos_token_id: [idOf('<|end|>'), idOf('<|endoftext|>')],
      pad_token_id: idOf('<|endoftext|>'),
    }),
    'preprocessor_config.json': json({
      processor_class: 'Phi3VProcessor',
      image_processor_type: 'Phi3VImageProcessor',
      feature_extractor_type: 'Phi3VFeatureExtractor',
      image_mean: [0.48145466, 0.4578275, 0.40821073],
      image_std: [0.26862954, 0.26130258, 0.27577711],
      num_crops: 4,
      num_img_tokens: 144,
    }),
    'tokenizer.json': json(tokenizer['tokenizer.json']),
    'tokenizer_config.json': json(tokenizer['tokenizer_config.json']),
    'onnx/vision_encoder.onnx': visionEncoder(3),
    'onnx/prepare_inputs_embeds.onnx': prepareInputsEmbeds(5, size),
    ...withExternalData('onnx/model.onnx', decoder(7, size, favoured)),
  };
  const files = Object.entries(contents).map(([name, bytes]) => ({ path: name, bytes, digest: digestOfBytes(bytes) }));
  return {
    files: await Promise.all(
      files.map(async ({ path: name, bytes, digest }) => {
        const file = path.join(folder, digest);
        await writeFile(file, bytes);
        return { path: name, digest, file };
      }),
    ),
  };
}

/** Weights of more than 2 GB do not fit into an ONNX file, and stand beside it. */
function withExternalData(name: string, bytes: Uint8Array): Record<string, Uint8Array> {
  const model = onnx.ModelProto.decode(bytes);
  const data: Uint8Array[] = [];
  let offset = 0;
  for (const tensor of model.graph!.initializer!) {
    const { rawData } = tensor;
    if (!rawData || rawData.length < 1024) continue;
    const entries = { location: `${path.basename(name)}_data`, offset, length: rawData.length };
    tensor.externalData = Object.entries(entries).map(([key, value]) => ({ key, value: String(value) }));
    tensor.dataLocation = onnx.TensorProto.DataLocation.EXTERNAL;
    tensor.rawData = new Uint8Array();
    data.push(rawData);
    offset += rawData.length;
  }
  return { [name]: onnx.ModelProto.encode(model).finish(), [`${name}_data`]: Buffer.concat(data) };
}

const json = (value: object): Uint8Array => Buffer.from(JSON.stringify(value, null, 2));

/** A config that asks it. */
export function tinyPhi3VisionSpec({ files }: TinyPhi3Vision, labels: readonly string[], more: object = {}): ModelSpec {
  return modelSpec.parse({
    kind: 'vlm-prompt',
    labels,
    runtime: {
      type: 'transformers',
      files: files.map(({ path, digest }) => ({ path, digest })),
      dtype: { vision_encoder: 'fp32', prepare_inputs_embeds: 'fp32', model: 'fp32' },
    },
    prompt: 'Which emotion does the face show? Answer with one of {labels}.',
    maxTokens: 4,
    ...more,
  });
}
