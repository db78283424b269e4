export type { Backbone } from './backbone.ts';
export { checkModelFiles, externalFilesOf, readModelFile } from './check-model.ts';
export { checkRestorationFiles } from './check-restoration.ts';
export { readFileRange, type ByteSource } from './byte-source.ts';
export { cutGraph, type CutGraph, type Head } from './cut-graph.ts';
export { findFeatures, readBackbone, type FoundFeatures } from './find-features.ts';
export type { GraphPorts, Port } from './read-graph.ts';
export { suggestClassifier, type SuggestedClassifier } from './suggest-classifier.ts';
