import { CLASSIFIER_PRESETS } from './classifiers.ts';
import { CLIP_PRESETS } from './clip.ts';
import { GFPGAN_PRESET } from './gfpgan.ts';
import { PHI_PRESETS } from './phi-3-5-vision.ts';
import type { Preset } from './preset.ts';

export type { Preset, PresetChoice, PresetFile } from './preset.ts';

/** The models and restorations of the study, ready to be registered. */
export const PRESETS: readonly Preset[] = [...CLASSIFIER_PRESETS, ...CLIP_PRESETS, ...PHI_PRESETS, GFPGAN_PRESET];
