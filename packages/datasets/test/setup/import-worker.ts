import { openDatabase } from '@samplewise/database';
import { openStorage } from '@samplewise/storage';
import { importDataset } from '../../src/index.ts';

// A process of its own, to be killed: import-worker.ts <database url> <storage folder> <import id>
const [url, folder, importId] = process.argv.slice(2);
const database = openDatabase(url!);
const storage = await openStorage(folder!);
process.send!('ready');
await importDataset({ database, storage }, BigInt(importId!));
await database.close();
process.disconnect();
