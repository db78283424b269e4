export { BOX, boxFile, MODELS, RESTORER } from './box.ts';
export { seed } from './seed.ts';
