import { describe, expect, it } from 'vitest';
import { tokenise } from '../src/models/clip-tokens.ts';

describe("CLIP's tokens", () => {
  it("are those of OpenAI's tokenizer, between start and end, padded", () => {
    expect(tokenise('a photo of a happy face', 12, 0)).toEqual([
      49406, 320, 1125, 539, 320, 900, 1710, 49407, 0, 0, 0, 0,
    ]);
  });

  it('end with the end token also where the text is too long for the context', () => {
    const tokens = tokenise('happy '.repeat(100), 77, 0);
    expect(tokens).toHaveLength(77);
    expect(tokens[0]).toBe(49406);
    expect(tokens[76]).toBe(49407);
  });

  it('do not depend on case or surplus blanks', () => {
    expect(tokenise(' A  Photo', 8, 0)).toEqual(tokenise('a photo', 8, 0));
  });
});
