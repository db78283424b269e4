export type { GreyImage } from './grey-image.ts';
export { imageFigures, type ImageFigures } from './image-figures.ts';
export { psnr } from './psnr.ts';
export { reduceImage } from './reduce-image.ts';
export { ssim } from './ssim.ts';
