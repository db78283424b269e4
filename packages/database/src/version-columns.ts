import { SPLITS } from '@samplewise/domain';
import { float32Column, int16Column, int32Column, uint64Column, type ByteColumn } from './byte-columns.ts';
import type { Database } from './client.ts';

/** What is known of an image. */
export const IMAGE_STATE = { UNMEASURED: 0, UNREADABLE: 1, MEASURED: 2 } as const;

/** A dataset version's samples in columns: element i of each belongs to the sample with the index i. */
export interface VersionColumns {
  /** Positions in the version's labels. */
  truth: Int16Array;
  /** Positions in SPLITS. */
  split: Int16Array;
  /** Index of the first sample with the same bytes: equal for exact duplicates, and for nothing else. */
  same: Int32Array;
  /** IMAGE_STATE */
  state: Int16Array;
  /** Pixels; 0 where they are not known. */
  width: Int16Array;
  height: Int16Array;
  /** NaN where they are not known. */
  brightness: Float32Array;
  contrast: Float32Array;
  sharpness: Float32Array;
  /** Perceptual hashes; 0 where there is none. */
  hash: BigUint64Array;
}

type Row = Record<keyof VersionColumns, ByteColumn>;

/** Reads a version whole, in one statement: 36,000 samples take a tenth of a second, and 34 bytes each. */
export async function readVersionColumns({ pool }: Pick<Database, 'pool'>, versionId: bigint): Promise<VersionColumns> {
  const column = (bytes: string, name: keyof VersionColumns): string =>
    `string_agg(${bytes}, ''::bytea ORDER BY index) AS ${name}`;
  const figure = (name: 'brightness' | 'contrast' | 'sharpness'): string =>
    column(`float4send(coalesce(${name}, 'NaN'))`, name);
  const { rows } = await pool.query<Row>(
    `SELECT ${column('int2send(label)', 'truth')}, ${column('int2send(split)', 'split')},
            ${column('int4send(same)', 'same')}, ${column('int2send(state)', 'state')},
            ${column('int2send(coalesce(width, 0::int2))', 'width')},
            ${column('int2send(coalesce(height, 0::int2))', 'height')},
            ${figure('brightness')}, ${figure('contrast')}, ${figure('sharpness')},
            ${column('int8send(coalesce(hash, 0))', 'hash')}
       FROM (SELECT s.index, s.label, (array_position($2::"Split"[], s.split) - 1)::int2 AS split,
                    min(s.index) OVER (PARTITION BY s.digest COLLATE "C") AS same,
                    CASE WHEN f.digest IS NULL THEN ${IMAGE_STATE.UNMEASURED}
                         WHEN f.hash IS NULL THEN ${IMAGE_STATE.UNREADABLE} ELSE ${IMAGE_STATE.MEASURED} END::int2 AS state,
                    f.width, f.height, f.brightness, f.contrast, f.sharpness, f.hash
               FROM sample s LEFT JOIN image_facts f ON f.digest = s.digest
              WHERE s.version_id = $1) AS facts`,
    [versionId, SPLITS],
  );
  const row = rows[0]!;
  return {
    truth: int16Column(row.truth),
    split: int16Column(row.split),
    same: int32Column(row.same),
    state: int16Column(row.state),
    width: int16Column(row.width),
    height: int16Column(row.height),
    brightness: float32Column(row.brightness),
    contrast: float32Column(row.contrast),
    sharpness: float32Column(row.sharpness),
    hash: uint64Column(row.hash),
  };
}
