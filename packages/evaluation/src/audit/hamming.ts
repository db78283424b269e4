/** Bits that are set in 32: the sums of pairs, nibbles and bytes side by side (Warren, Hacker's Delight, ch. 5). */
export function ones(word: number): number {
  let v = word - ((word >>> 1) & 0x5555_5555);
  v = (v & 0x3333_3333) + ((v >>> 2) & 0x3333_3333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
