import type { RangeName } from './view';

export const RANGE_WORDS: Record<RangeName, string> = {
  brightness: 'Brightness',
  contrast: 'Contrast',
  sharpness: 'Sharpness',
  width: 'Width',
  height: 'Height',
};
