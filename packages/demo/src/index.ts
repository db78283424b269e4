export { BOX, boxFile, MODELS } from './box.ts';
export { seed } from './seed.ts';
