export { BLANK_CONTRAST } from './blank.ts';
export type { GreyImage } from './grey-image.ts';
export { imageFigures, type ImageFigures } from './image-figures.ts';
export { perceptualHash } from './perceptual-hash.ts';
export { psnr } from './psnr.ts';
export { reduceImage } from './reduce-image.ts';
export { ssim } from './ssim.ts';
