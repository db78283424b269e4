import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { openPromise } from 'yauzl';
import { InvalidInput, problem, type DatasetFormat } from '@samplewise/domain';

/**
 * How a file is to be imported, by its name and, for an archive, by what is in it.
 * @throws InvalidInput when it can't be told
 */
export async function detectFileFormat(file: string): Promise<DatasetFormat> {
  if (/\.csv(\.gz)?$/i.test(file)) return 'fer-csv';
  if (/\.zip$/i.test(file)) return formatOfPaths(await zipPaths(file));
  if (/\.(tar|tgz|tar\.gz)$/i.test(file)) return formatOfPaths(await tarPaths(file));
  throw new InvalidInput(
    problem('UNSUPPORTED_SOURCE', "The file's name does not say what it is.", {
      place: file,
      mend: 'Give --format, or a .csv, .csv.gz, .zip, .tar, .tar.gz or a folder.',
    }),
  );
}

/** Images beside a CSV come with a manifest, others in folders by class. */
export function formatOfPaths(paths: readonly string[]): DatasetFormat {
  const hasTable = paths.some((path) => /\.csv$/i.test(path) && !/(^|\/)(\.|__MACOSX)/.test(path));
  return hasTable ? 'image-manifest' : 'image-folder';
}

async function zipPaths(file: string): Promise<string[]> {
  const zip = await openPromise(file, { lazyEntries: true, decodeStrings: false });
  const paths: string[] = [];
  for await (const entry of zip.eachEntry()) paths.push(entry.fileNameRaw.toString('utf8'));
  return paths;
}

async function tarPaths(file: string): Promise<string[]> {
  const parser = extract();
  // An error of any part ends the parser with it, and is thrown by the loop.
  if (/gz$/i.test(file)) pipeline(createReadStream(file), createGunzip(), parser, () => undefined);
  else pipeline(createReadStream(file), parser, () => undefined);
  const paths: string[] = [];
  for await (const entry of parser) {
    paths.push(entry.header.name);
    entry.resume();
  }
  return paths;
}
