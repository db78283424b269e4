import { InvalidInput, problem, type Problem } from '@samplewise/domain';
import { detectContainer } from '../detect-format.ts';
import { readHead } from '../read-head.ts';
import type { Archive } from './archive.ts';
import { tarArchive } from './tar.ts';
import { zipArchive } from './zip.ts';

/** Opens a zip, tar or tar.gz by what it is, not by its name. */
export async function openArchive(file: string, fileName: string): Promise<Archive> {
  const head = await readHead(file);
  if (head.length === 0) throw new InvalidInput(problem('EMPTY_SOURCE', 'The file is empty.', { place: fileName }));
  switch (detectContainer(head)) {
    case 'zip':
      return zipArchive(file, fileName);
    case 'tar':
      return tarArchive(file, fileName, false);
    case 'gzip':
      return tarArchive(file, fileName, true);
    case 'unknown':
      throw new InvalidInput(notAnArchive(fileName));
  }
}

function notAnArchive(fileName: string): Problem {
  return problem('UNSUPPORTED_SOURCE', 'This is not a zip, tar or tar.gz archive.', {
    place: fileName,
    mend: 'Pack the folder of images into one of these.',
  });
}
