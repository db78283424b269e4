import type { DuplicatePair, ExperimentReport } from '@samplewise/domain';
import { auditPath } from '../addresses.ts';
import type { Section } from '../blocks.ts';
import { plural } from './words.ts';

/** Whether tested images stand in an earlier split, too. */
export function audit({ audit: found, dataset }: ExperimentReport): Section | undefined {
  if (!found) return undefined;
  const text =
    `Of ${plural(dataset.samples, 'tested sample')}, ${found.exact} stand in an earlier split of the version byte for byte, and ${found.near} more look the same ` +
    `there (perceptual hashes that differ in few bits). ${plural(found.conflicts, 'of these has', 'of these have')} another label there.`;
  return {
    title: 'Do test images stand in the training set, too?',
    blocks: [
      { kind: 'text', text },
      ...(found.pairs.length === 0
        ? []
        : [{ kind: 'pictures' as const, pairs: found.pairs.map((pair) => pairOf(pair, dataset.id)) }]),
    ],
  };
}

function pairOf({ tested, other, distance }: DuplicatePair, versionId: string) {
  const how = distance === null ? 'the same bytes' : plural(distance, 'bit') + ' apart';
  const side = ({ split, index, label }: DuplicatePair['tested']): string => `${split} ${index}, ${label}`;
  return {
    digests: [tested.digest, other.digest] as const,
    path: auditPath(versionId),
    caption: `${side(tested)} | ${side(other)}: ${how}`,
  };
}
