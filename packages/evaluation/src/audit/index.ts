export { auditDataset, type DatasetAudit, type DuplicateGroup } from './audit-dataset.ts';
export type { SplitBalance } from './balance.ts';
export type { DatasetColumns } from './dataset-columns.ts';
export type { Leak, LeakedSample } from './leaks.ts';
export { nearDuplicates, type NearDuplicates, type NearPair } from './near-duplicates.ts';
export { nearestHashes, type NearHash } from './nearest-hashes.ts';
