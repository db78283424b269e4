export { checkModelFiles, externalFilesOf, readModelFile } from './check-model.ts';
export { readFileRange, type ByteSource } from './byte-source.ts';
export type { GraphPorts, Port } from './read-graph.ts';
export { suggestClassifier, type SuggestedClassifier } from './suggest-classifier.ts';
