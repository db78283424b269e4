import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Transport } from '../transport.ts';

export const REPORT_FORMATS = ['html', 'md', 'tex', 'json'] as const;

/**
 * Writes an experiment's report, computed by the API from stored predictions, into a folder, in all formats.
 * @param page where the platform's page is: figures lead to the runs and samples there
 * @returns the files
 */
export async function downloadReport(
  transport: Transport,
  experimentId: string,
  folder: string,
  page?: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const query = page === undefined ? '' : `?page=${encodeURIComponent(page)}`;
  const files: string[] = [];
  for (const format of REPORT_FORMATS) {
    const file = path.join(folder, `report.${format}`);
    const source = await transport.download(`/experiments/${experimentId}/report.${format}${query}`);
    // One that is cut off does not take the place of an earlier one.
    const partial = await open(`${file}.partial`, 'w');
    await pipeline(source, partial.createWriteStream());
    await rename(`${file}.partial`, file);
    files.push(file);
  }
  return files;
}
