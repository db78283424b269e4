import { InvalidInput, problem } from '@samplewise/domain';
import { decodeGlobalId } from '../../global-id.ts';
import type { SampleKey } from '../../samples/load-samples.ts';

/** Version and index of `Sample_2-417`. @throws InvalidInput naming the place */
export function sampleKey(globalId: string, place: string): SampleKey {
  const { typename, id } = decodeGlobalId(globalId, place);
  const [version, index] = id.split('-');
  if (typename === 'Sample') return { versionId: BigInt(version!), index: Number(index) };
  throw new InvalidInput(
    problem('INVALID_VALUE', 'This is not the id of a sample.', {
      place,
      value: globalId,
      mend: 'It must look like Sample_2-417.',
    }),
  );
}
