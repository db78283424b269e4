import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditDataset, nearDuplicates, type DatasetColumns } from '../src/index.ts';
import { randomStream } from '../src/random.ts';

const inputError = (argument: string, index?: number) =>
  expect.objectContaining({ name: 'EvaluationInputError', argument, ...(index !== undefined && { index }) }) as Error;

function distance(a: bigint, b: bigint): number {
  return (a ^ b).toString(2).replaceAll('0', '').length;
}

/** What `nearDuplicates` promises, by comparing everything with everything. */
function everyPair(hashes: BigUint64Array, maximum: number): [number, number, number][] {
  const firsts = [...hashes.keys()].filter((i) => hashes.indexOf(hashes[i]!) === i);
  return firsts.flatMap((a) =>
    firsts
      .filter((b) => b > a && distance(hashes[a]!, hashes[b]!) <= maximum)
      .map((b): [number, number, number] => [a, b, distance(hashes[a]!, hashes[b]!)]),
  );
}

/** Hashes around a few centres, so that many are near each other and some are equal. */
const clustered = fc
  .tuple(
    fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: 1, maxLength: 4 }),
    fc.array(fc.tuple(fc.nat(3), fc.array(fc.nat(63), { maxLength: 9 })), { maxLength: 60 }),
  )
  .map(([centres, members]) =>
    BigUint64Array.from(members, ([centre, bits]) =>
      bits.reduce((hash, bit) => hash ^ (1n << BigInt(bit)), centres[centre % centres.length]!),
    ),
  );

describe('near duplicates', () => {
  test('are all pairs and no others, whatever bits differ', () => {
    fc.assert(
      fc.property(clustered, fc.integer({ min: 0, max: 10 }), (hashes, maximum) => {
        const { pairs, truncated } = nearDuplicates(hashes, maximum);
        expect(pairs.map((p) => [p.first, p.second, p.distance])).toEqual(
          maximum === 0 ? [] : everyPair(hashes, maximum),
        );
        expect(truncated).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('equal hashes are one group, ordered by their first member', () => {
    const { groups, pairs } = nearDuplicates(BigUint64Array.of(5n, 7n, 5n, 2n ** 63n, 7n, 5n), 1);
    expect(groups).toEqual([
      [0, 2, 5],
      [1, 4],
    ]);
    expect(pairs).toEqual([{ first: 0, second: 1, distance: 1 }]);
  });

  test('a hundred thousand equal hashes are one group and no pair', () => {
    const { groups, pairs } = nearDuplicates(new BigUint64Array(100_000), 4);
    expect(groups.map((group) => group.length)).toEqual([100_000]);
    expect(pairs).toEqual([]);
  });

  test('planted among 20,000 strangers are found', () => {
    const random = randomStream(1);
    const word = () => BigInt(random.binomial(2 ** 30, 0.5) & 0xffff);
    const hashes = BigUint64Array.from(
      { length: 20_000 },
      () => (word() << 48n) | (word() << 32n) | (word() << 16n) | word(),
    );
    hashes[19_000] = hashes[17]! ^ 0b1011n;
    hashes[12_345] = hashes[54]! ^ ((1n << 63n) | (1n << 31n) | (1n << 32n) | 1n);
    const { pairs } = nearDuplicates(hashes, 4);
    expect(pairs).toEqual(
      expect.arrayContaining([
        { first: 17, second: 19_000, distance: 3 },
        { first: 54, second: 12_345, distance: 4 },
      ]),
    );
  });

  test('beyond the limit the rest is left out, and it says so', () => {
    const hashes = BigUint64Array.from({ length: 64 }, (_, bit) => 1n << BigInt(bit));
    expect(nearDuplicates(hashes, 2, { limit: 100 })).toMatchObject({ truncated: true });
    expect(nearDuplicates(hashes, 2, { limit: 100 }).pairs).toHaveLength(100);
    expect(nearDuplicates(hashes, 2).pairs).toHaveLength((64 * 63) / 2);
    expect(nearDuplicates(new BigUint64Array(), 2)).toEqual({ groups: [], pairs: [], truncated: false });
  });

  test.each([-1, 11, 1.5, Number.NaN])('refuse a distance of %d', (maximum) => {
    expect(() => nearDuplicates(new BigUint64Array(2), maximum)).toThrow(inputError('maximumDistance'));
  });
});

const base: DatasetColumns = {
  labels: ['happy', 'sad', 'angry'],
  splits: ['train', 'validation', 'test'],
  //                     0  1  2  3  4  5  6  7  8  9
  truth: Int16Array.of(/**/ 0, 1, 0, 1, 0, 0, 1, 1, 0, 1),
  split: Uint8Array.of(/**/ 0, 0, 0, 0, 1, 1, 2, 2, 2, 2),
  digests: ['a', 'b', 'a', 'c', 'd', 'e', 'b', 'f', 'a', 'g'],
  // 3 and 7 look the same; 4 is 2 bits from both; 9 is blank, as is 5.
  hashes: BigUint64Array.of(
    0x00ffn,
    0xff00n,
    0x00ffn,
    1n << 40n,
    (1n << 40n) | 3n,
    0n,
    0xff00n,
    1n << 40n,
    0x00ffn,
    0n,
  ),
  blank: Uint8Array.of(0, 0, 0, 0, 0, 1, 0, 0, 0, 1),
  corrupt: new Uint8Array(10),
};

describe('the audit of a dataset', () => {
  const audit = auditDataset(base);

  test('groups the same bytes, with the splits and labels they stand in', () => {
    expect(audit.exact).toEqual([
      { indices: [0, 2, 8], splits: ['train', 'test'], labels: ['happy'] },
      { indices: [1, 6], splits: ['train', 'test'], labels: ['sad'] },
    ]);
  });

  test('groups pictures that look the same though their bytes differ, and pairs those that nearly do', () => {
    expect(audit.alike).toEqual([{ indices: [3, 7], splits: ['train', 'test'], labels: ['sad'] }]);
    expect(audit.near).toEqual([{ first: 3, second: 4, distance: 2 }]);
  });

  test('lists each leaked sample once, by its nearest duplicate in an earlier split', () => {
    expect(audit.leaks).toEqual([
      { from: 'train', to: 'validation', samples: [{ index: 4, duplicateOf: 3, distance: 2 }] },
      {
        from: 'train',
        to: 'test',
        samples: [
          { index: 6, duplicateOf: 1, distance: null },
          { index: 7, duplicateOf: 3, distance: 0 },
          { index: 8, duplicateOf: 0, distance: null },
        ],
      },
      { from: 'validation', to: 'test', samples: [{ index: 7, duplicateOf: 4, distance: 2 }] },
    ]);
  });

  test('names conflicts of labels, blank and corrupt pictures, and does not take blank ones for duplicates', () => {
    expect(audit.conflicts).toEqual({ exact: [], alike: [], near: [{ first: 3, second: 4, distance: 2 }] });
    expect(audit.blank).toEqual([5, 9]);
    expect(audit.corrupt).toEqual([]);
    const conflicting = auditDataset({ ...base, truth: Int16Array.from(base.truth, (t, i) => (i === 8 ? 2 : t)) });
    expect(conflicting.conflicts.exact).toEqual([
      { indices: [0, 2, 8], splits: ['train', 'test'], labels: ['happy', 'angry'] },
    ]);
  });

  test('compares pictures that can not be read by their bytes only', () => {
    const corrupt = Uint8Array.from(base.truth, (_, i) => (i === 7 || i === 8 ? 1 : 0));
    const result = auditDataset({ ...base, corrupt });
    expect(result.corrupt).toEqual([7, 8]);
    expect(result.alike).toEqual([]);
    expect(result.exact[0]!.indices).toEqual([0, 2, 8]);
  });

  test('counts the classes of each split, and says which are missing', () => {
    expect(audit.balance).toEqual([
      {
        split: 'train',
        samples: 4,
        counts: [2, 2, 0],
        missing: ['angry'],
        imbalanceRatio: { value: null, reason: 'there is no angry' },
      },
      expect.objectContaining({ split: 'validation', counts: [2, 0, 0], missing: ['sad', 'angry'] }),
      expect.objectContaining({ split: 'test', counts: [1, 3, 0] }),
    ]);
    const [split] = auditDataset({
      ...base,
      labels: ['happy', 'sad'],
      splits: ['all'],
      split: new Uint8Array(10),
    }).balance;
    expect(split!.imbalanceRatio.value).toBe(1);
  });

  test('needs no hashes: then only the same bytes are found', () => {
    const { labels, splits, truth, split, digests } = base;
    const result = auditDataset({ labels, splits, truth, split, digests });
    expect([result.alike, result.near]).toEqual([[], []]);
    expect(result.exact).toEqual(audit.exact);
  });

  test('finds exactly the leaks that a look at every pair finds', () => {
    const dataset = fc.array(
      fc.tuple(fc.nat(2), fc.nat(2), fc.nat(12), fc.array(fc.nat(5), { maxLength: 3 }), fc.nat(3)),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(dataset, fc.nat(3), (rows, maximumDistance) => {
        const hashes = BigUint64Array.from(rows, (row) =>
          row[3].reduce((hash, bit) => hash ^ (1n << BigInt(9 * bit)), 0n),
        );
        // The same bytes have the same hash.
        const digests = rows.map((row, i) => `${hashes[i]!}-${row[2]}`);
        const columns: DatasetColumns = {
          labels: base.labels,
          splits: base.splits,
          truth: Int16Array.from(rows, (row) => row[0]),
          split: Uint8Array.from(rows, (row) => row[1]),
          digests,
          hashes,
        };
        const expected = new Set<string>();
        rows.forEach((row, i) => {
          rows.forEach((other, j) => {
            if (other[1] >= row[1]) return;
            if (distance(hashes[i]!, hashes[j]!) <= maximumDistance) expected.add(`${other[1]}-${row[1]}-${i}`);
          });
        });
        // Groups of equal hashes are compared by their first member, which has the same hash as all of them.
        const result = auditDataset(columns, { maximumDistance });
        const found = result.leaks.flatMap(({ from, to, samples }) =>
          samples.map((s) => `${base.splits.indexOf(from)}-${base.splits.indexOf(to)}-${s.index}`),
        );
        expect(found.sort()).toEqual([...expected].sort());
        for (const { samples } of result.leaks) {
          for (const { index, duplicateOf, distance: bits } of samples) {
            if (bits === null) expect(digests[index]).toBe(digests[duplicateOf]);
            else expect(distance(hashes[index]!, hashes[duplicateOf]!)).toBe(bits);
          }
        }
      }),
    );
  });

  test.each<[string, Partial<DatasetColumns>, Error]>([
    ['no samples', { truth: new Int16Array() }, inputError('truth')],
    ['no labels', { labels: [] }, inputError('labels')],
    ['a column of another length', { digests: ['a'] }, inputError('digests')],
    ['a label out of range', { truth: Int16Array.of(0, 3, 0, 0, 0, 0, 0, 0, 0, 0) }, inputError('truth', 1)],
    ['a split out of range', { split: Uint8Array.of(0, 0, 9, 0, 0, 0, 0, 0, 0, 0) }, inputError('split', 2)],
  ])('refuses %s', (_name, bad, error) => {
    expect(() => auditDataset({ ...base, ...bad })).toThrow(error);
  });
});
