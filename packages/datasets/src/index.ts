export { auditVersion, AUDIT_VERSION } from './audit/audit-version.ts';
export { detectContainer, detectFormat } from './detect-format.ts';
export { importDataset, type ImportDependencies, type ImportLog } from './import-dataset.ts';
export { verifyImage } from './images/verify.ts';
export { failImport } from './import-row.ts';
