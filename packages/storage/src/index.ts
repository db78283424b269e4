export { StorageFull } from './full.ts';
export type { Parts } from './parts.ts';
export { openStorage, BlobMissing, type Storage, type StoredBlob } from './storage.ts';
