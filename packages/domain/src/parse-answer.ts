/** What a language model's answer says. */
export interface ParsedAnswer {
  /** Position in the labels; null where the answer names none, or several. */
  label: number | null;
  /** `exact`: the answer is the label and nothing else. `mention`: it is named, or meant, within other words. */
  how: 'exact' | 'mention' | 'none';
  /** Where in the answer the label stands; null where there is none. */
  span: { start: number; end: number } | null;
}

interface Phrase {
  text: string;
  label: number;
}

interface Mention extends Phrase {
  start: number;
  end: number;
}

const NONE: ParsedAnswer = { label: null, how: 'none', span: null };

/** Answers are looked at up to here: a model that rambles has not answered. */
const LENGTH_LIMIT = 20_000;

/**
 * Reads a class out of an answer. First strictly: the answer, or what a line such as `Answer: ...` or a JSON value
 * holds, is a label, whatever its case and the quotes, brackets, asterisks and full stops around it. Then by words: the
 * labels and their synonyms as whole words, unless they are negated ('not happy'). Several different labels are none.
 * @param synonyms for each label other words that mean it
 */
export function parseAnswer(
  answer: string,
  labels: readonly string[],
  synonyms: Readonly<Record<string, readonly string[]>> = {},
): ParsedAnswer {
  const text = answer.slice(0, LENGTH_LIMIT);
  const names = labels.map((name, label): Phrase => ({ text: fold(name), label }));
  const words = labels.flatMap((name, label) =>
    // A label may be called like what every object has: '__proto__', 'constructor'.
    (Object.hasOwn(synonyms, name) ? synonyms[name]! : []).map((word): Phrase => ({ text: fold(word), label })),
  );
  return exact(text, names) ?? exactWithin(text, names) ?? mentioned(text, [...names, ...words]);
}

/** Case, width and typographic variants do not count, nor do the blanks, hyphens and underscores between words. */
const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\p{Pd}]+/gu, ' ')
    .trim();

/** Quotes, brackets, asterisks, full stops and their like around an answer. */
const WRAPPING = /^[^\p{L}\p{N}\p{S}]+|[^\p{L}\p{N}\p{S}]+$/gu;
/** `1. happy`, `(b) happy`, `- happy` */
const NUMBERING = /^(?:\(?(?:\d{1,3}|[a-z])[.):]\s+|[-*•]\s+)/iu;
/** `<answer>happy</answer>`, `\boxed{\text{happy}}` */
const MARKUP = /<\/?[a-z_|][^<>]*>|\\(?:boxed|text|textbf|mathrm)\b/giu;

function exact(text: string, names: readonly Phrase[]): ParsedAnswer | undefined {
  const bare = (s: string): string => fold(s.replace(/[`"]/g, ' ').replace(WRAPPING, ''));
  const plain = text.replace(MARKUP, ' ').trim();
  for (const candidate of [text, plain, plain.replace(NUMBERING, '')]) {
    const wanted = bare(candidate);
    const found = names.find(
      (name) => name.text === wanted || name.text === fold(candidate) || bare(name.text) === wanted,
    );
    if (found && wanted !== '') return { label: found.label, how: 'exact', span: spanOf(text, found.text) };
  }
  return undefined;
}

/** `Answer: happy`, `The emotion is **happy**.`: at the beginning of a line, the last of them. */
const MARKED =
  /^\W*(?:(?:so|thus|therefore|hence)\W+)?(?:(?:the|my|final|correct|predicted|best|most likely|facial)\s+)*(?:answer|label|class|emotion|expression|category|prediction|classification)\b[*_"'`]*\s*(?:is|would be|:|=|->|→)\W*(?:is\W+)?(.+)$/iu;

function exactWithin(text: string, names: readonly Phrase[]): ParsedAnswer | undefined {
  const json = jsonValue(text);
  const marked = text
    .split(/\r?\n/)
    .map((line) => MARKED.exec(line)?.[1])
    .findLast((value) => value !== undefined);
  for (const value of [json, marked]) {
    const found = value === undefined ? undefined : exact(value, names);
    if (found) return { ...found, span: spanOf(text, names[found.label!]!.text) };
  }
  return undefined;
}

const KEYS = /^(?:answer|label|class|emotion|expression|category|prediction|predicted_?\w*|result)$/i;

/** The text that a JSON answer holds: its only one, or that under a key such as `emotion`. */
function jsonValue(text: string): string | undefined {
  const [object] = /\{[^{}]*\}|\[[^[\]]*\]/.exec(text) ?? [];
  if (object === undefined) return undefined;
  try {
    const parsed = JSON.parse(object) as Record<string, unknown>;
    const texts = Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return (texts.length === 1 ? texts[0] : texts.find(([key]) => KEYS.test(key)))?.[1];
  } catch {
    return undefined; // Braces that are no JSON: the words within them are looked at as any others.
  }
}

function mentioned(text: string, phrases: readonly Phrase[]): ParsedAnswer {
  const lower = sameLength(text);
  const all = longestFirst(phrases).reduce<Mention[]>((found, phrase) => {
    const covered = (m: Mention): boolean => found.some((f) => m.start < f.end && f.start < m.end);
    return [...found, ...occurrences(lower, phrase).filter((mention) => !covered(mention))];
  }, []);
  const meant = all.filter((mention) => !negated(lower, mention));
  const [first] = meant.sort((a, b) => a.start - b.start);
  if (!first || meant.some((mention) => mention.label !== first.label)) return NONE;
  return { label: first.label, how: 'mention', span: { start: first.start, end: first.end } };
}

/** So that 'hot dog' is not taken for 'dog'. */
const longestFirst = (phrases: readonly Phrase[]): Phrase[] =>
  [...phrases].sort((a, b) => b.text.length - a.text.length);

/** Lower case with each character in its place, for spans; the few that would become two stay as they are. */
const sameLength = (text: string): string =>
  text.replace(/[\s\S]/gu, (c) => (c.toLowerCase().length === c.length ? c.toLowerCase() : c));

/** Scripts that write words without blanks between them. */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}`;

function occurrences(text: string, phrase: Phrase): Mention[] {
  const pattern = phrase.text
    .split(' ')
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`))
    .join(String.raw`[\s_\p{Pd}]+`);
  const letter = /[\p{L}\p{N}]/u;
  const open = (c: string | undefined): boolean =>
    c === undefined || !letter.test(c) || new RegExp(`[${UNSPACED}]`, 'u').test(c);
  const before = open(phrase.text[0]) ? '' : String.raw`(?<![\p{L}\p{N}\p{M}])`;
  const after = open(phrase.text.at(-1)) ? '' : String.raw`(?![\p{L}\p{N}\p{M}])`;
  return [...text.matchAll(new RegExp(`${before}${pattern}${after}`, 'giu'))].map((match) => ({
    ...phrase,
    start: match.index,
    end: match.index + match[0].length,
  }));
}

const NEGATORS =
  /(?:^|[^\p{L}])(?:not(?!\s+(?:only|just|merely|simply))|no|non|never|nor|neither|none|without|cannot|\p{L}+n['’]t|lacks?|lacking|rather than|instead of|unlike|other than|far from|hardly|barely|devoid of|absence of|rules? out|excludes?)(?:$|[^\p{L}])/iu;
/** What ends a negation's reach. */
const CLAUSE =
  /[.,;:!?()\n]|\b(?:but|yet|however|instead(?!\s+of)|rather(?!\s+than)|because|although|though|just|only)\b|[–—]/giu;
/** Words between a negation and what it negates: 'does not appear to be happy'. */
const REACH = 5;

function negated(text: string, { start }: Mention): boolean {
  const before = text.slice(Math.max(0, start - 120), start);
  const clause = [...before.matchAll(CLAUSE)].at(-1);
  const within =
    clause && !/not\s+$/i.test(before.slice(0, clause.index)) ? before.slice(clause.index + clause[0].length) : before;
  return NEGATORS.test(
    within
      .split(/\s+/)
      .slice(-REACH - 1)
      .join(' ') + ' ',
  );
}

function spanOf(text: string, name: string): ParsedAnswer['span'] {
  const found = occurrences(sameLength(text), { text: name, label: 0 }).at(-1);
  return found ? { start: found.start, end: found.end } : null;
}
