export { openStorage, BlobMissing, type Storage, type StoredBlob } from './storage.ts';
