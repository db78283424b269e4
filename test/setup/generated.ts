import { openDatabase } from '@samplewise/database';
import { generate, type Generated, type GenerateOptions } from '../../scripts/generate/generate.ts';
import { end, type Stack } from './stack.ts';

/** Small enough for a test of pages: some seconds. */
const SMALL = { runs: 60, samples: 210, predicted: 6 };

/** Fills a stack's database with the generator's projects, small ones unless told otherwise. */
export async function generateInto(stack: Stack, options: Partial<GenerateOptions> = {}): Promise<Generated> {
  const database = openDatabase(stack.databaseUrl);
  const startExecutor = async () => {
    const executor = await stack.startExecutor();
    return { stop: () => end(executor) };
  };
  try {
    return await generate({ client: stack.client, database, startExecutor }, { ...SMALL, ...options });
  } finally {
    await database.close();
  }
}
