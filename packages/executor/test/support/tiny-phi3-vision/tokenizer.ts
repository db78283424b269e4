/** Phi-3.5's special tokens; in the true vocabulary they follow the 32,000 of Llama. */
const SPECIAL = [
  ...['<|endoftext|>', '<|assistant|>', '<|placeholder1|>', '<|system|>', '<|end|>', '<|user|>', '<|image|>'],
] as const;

/**
 * A tokenizer of Llama's kind: byte pairs over characters with `▁` for blanks, bytes for what is not in it. Each of
 * `words` is one token.
 */
export function llamaTokenizer(words: readonly string[]) {
  const characters = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i));
  const bytes = Array.from({ length: 256 }, (_, i) => `<0x${i.toString(16).toUpperCase().padStart(2, '0')}>`);
  const merges: [string, string][] = [];
  const pieces = new Set<string>();
  for (const word of words) {
    for (let length = 2; length <= word.length + 1; length++) {
      const piece = `▁${word}`.slice(0, length);
      if (pieces.has(piece)) continue;
      pieces.add(piece);
      merges.push([piece.slice(0, -1), piece.slice(-1)]);
    }
  }
  const tokens = ['<unk>', '<s>', '</s>', ...bytes, '▁', ...characters, ...pieces];
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
  const special = (content: string, id: number) => ({
    ...{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
  });
  const added = [
    ...['<unk>', '<s>', '</s>'].map((token, id) => special(token, id)),
    ...SPECIAL.map((token, i) => special(token, tokens.length + i)),
  ];
  const idOf = (token: string): number => added.find((a) => a.content === token)?.id ?? vocab[token]!;
  return {
    idOf,
    size: tokens.length + SPECIAL.length,
    'tokenizer.json': {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: added,
      normalizer: {
        type: 'Sequence',
        normalizers: [
          { type: 'Prepend', prepend: '▁' },
          { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
        ],
      },
      pre_tokenizer: null,
      post_processor: {
        type: 'TemplateProcessing',
        single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
        pair: [],
        special_tokens: { '<s>': { id: '<s>', ids: [1], tokens: ['<s>'] } },
      },
      decoder: {
        type: 'Sequence',
        decoders: [
          { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
          { type: 'ByteFallback' },
          { type: 'Fuse' },
          { type: 'Strip', content: ' ', start: 1, stop: 0 },
        ],
      },
      model: {
        type: 'BPE',
        dropout: null,
        unk_token: '<unk>',
        continuing_subword_prefix: null,
        end_of_word_suffix: null,
        fuse_unk: true,
        byte_fallback: true,
        vocab,
        merges,
      },
    },
    'tokenizer_config.json': {
      add_bos_token: true,
      add_eos_token: false,
      bos_token: '<s>',
      eos_token: '<|endoftext|>',
      pad_token: '<|endoftext|>',
      unk_token: '<unk>',
      padding_side: 'right',
      clean_up_tokenization_spaces: false,
      legacy: true,
      model_max_length: 131_072,
      processor_class: 'Phi3VProcessor',
      tokenizer_class: 'LlamaTokenizer',
      chat_template:
        "{% for message in messages %}{{'<|' + message['role'] + '|>' + '\n' + message['content'] + '<|end|>\n' }}{% endfor %}{% if add_generation_prompt and messages[-1]['role'] != 'assistant' %}{{- '<|assistant|>\n' -}}{% endif %}",
    },
  };
}
