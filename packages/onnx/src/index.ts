export { checkModelFiles, externalFilesOf } from './check-model.ts';
export { readFileRange, type ByteSource } from './byte-source.ts';
