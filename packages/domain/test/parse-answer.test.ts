import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseAnswer } from '../src/parse-answer.ts';

const LABELS = ['angry', 'disgust', 'fear', 'happy', 'neutral', 'sad', 'surprise'];
const SYNONYMS = {
  angry: ['anger', 'mad', 'furious', 'irritated'],
  disgust: ['disgusted', 'revulsion'],
  fear: ['afraid', 'scared', 'fearful', 'terrified'],
  happy: ['happiness', 'joy', 'joyful', 'smiling', '😀'],
  neutral: ['calm', 'no emotion', 'expressionless'],
  sad: ['sadness', 'unhappy', 'sorrow'],
  surprise: ['surprised', 'astonished', 'shock'],
};

const read = (answer: string): string | null => {
  const { label } = parseAnswer(answer, LABELS, SYNONYMS);
  return label === null ? null : LABELS[label]!;
};

/** What models really write when they are asked for one word. */
const ANSWERS: readonly (readonly [answer: string, label: string | null])[] = [
  // The label, whatever is around it
  ['happy', 'happy'],
  ['Happy', 'happy'],
  ['HAPPY', 'happy'],
  ['happy.', 'happy'],
  ['Happy!', 'happy'],
  [' happy\n', 'happy'],
  ['"happy"', 'happy'],
  ["'happy'", 'happy'],
  ['“happy”', 'happy'],
  ['«happy»', 'happy'],
  ['`happy`', 'happy'],
  ['**happy**', 'happy'],
  ['*Happy*.', 'happy'],
  ['__happy__', 'happy'],
  ['(happy)', 'happy'],
  ['[happy]', 'happy'],
  ['<happy>', 'happy'],
  ['# happy', 'happy'],
  ['> happy', 'happy'],
  ['- happy', 'happy'],
  ['• happy', 'happy'],
  ['1. happy', 'happy'],
  ['4) happy', 'happy'],
  ['(d) happy', 'happy'],
  ['D. Happy', 'happy'],
  ['```\nhappy\n```', 'happy'],
  ['```text\nhappy\n```', 'happy'],
  ['ｈａｐｐｙ', 'happy'],
  ['happy<|end|>', 'happy'],
  ['<answer>happy</answer>', 'happy'],
  ['\\boxed{happy}', 'happy'],
  ['\\boxed{\\text{sad}}', 'sad'],
  ['happy…', 'happy'],
  ['happy?', 'happy'],
  ['\u200bhappy', 'happy'],
  // JSON
  ['{"emotion":"happy"}', 'happy'],
  ['{"emotion": "Happy."}', 'happy'],
  ['{"label":"sad","confidence":0.93}', 'sad'],
  ['{"reason":"He is not happy","answer":"sad"}', 'sad'],
  ['```json\n{"emotion": "fear"}\n```', 'fear'],
  ['["surprise"]', 'surprise'],
  ['Here you are: {"emotion":"disgust"}', 'disgust'],
  ["{'emotion': 'happy'}", 'happy'],
  ['{"emotion":"happy"', 'happy'],
  ['{"emotion":null}', null],
  ['{"emotion":["happy","sad"]}', null],
  ['{"happy":0.9,"sad":0.1}', null],
  // An introduction
  ['Answer: happy', 'happy'],
  ['answer = sad', 'sad'],
  ['Emotion: **Happy**', 'happy'],
  ['**Emotion:** happy', 'happy'],
  ['The emotion is happy.', 'happy'],
  ['The correct answer is: "fear".', 'fear'],
  ['Label -> angry', 'angry'],
  ['The person could be sad or angry.\nFinal answer: angry', 'angry'],
  ['First I thought of fear.\nAnswer: fear\nNo.\nAnswer: surprise', 'surprise'],
  ['Choose from angry, sad, happy.\nLabel: neutral', 'neutral'],
  // Sentences
  ['The person in the image looks happy.', 'happy'],
  ['She appears to be angry, with furrowed brows.', 'angry'],
  ['I would classify this expression as surprise', 'surprise'],
  ["It's a happy-looking face", 'happy'],
  ['happy, happy, happy', 'happy'],
  ['happy (high confidence)', 'happy'],
  ['happy: 0.87', 'happy'],
  ['The face shows _fear_ I think', 'fear'],
  ['Sure! Here is my answer. sad', 'sad'],
  // Synonyms
  ['anger', 'angry'],
  ['Surprised', 'surprise'],
  ['The man is smiling.', 'happy'],
  ['She is joyful and smiling, so happy.', 'happy'],
  ['no emotion', 'neutral'],
  ['He has no emotion at all', 'neutral'],
  ['They look AFRAID', 'fear'],
  ['unhappy', 'sad'],
  ['😀', 'happy'],
  ['a look of shock', 'surprise'],
  // Negations
  ['not happy', null],
  ['Not happy but sad', 'sad'],
  ['She is not happy, she is sad', 'sad'],
  ["He isn't happy", null],
  ['He isn’t happy', null],
  ['He does not appear to be happy', null],
  ['neither happy nor sad', null],
  ['neither happy nor sad, but neutral', 'neutral'],
  ['no sign of fear', null],
  ['There is no anger. There is sadness.', 'sad'],
  ['sad rather than angry', 'sad'],
  ['angry instead of sad', 'angry'],
  ['without joy', null],
  ['not happy or sad', null],
  ['non-happy', null],
  ['not only happy', 'happy'],
  ['not just happy', 'happy'],
  ['No, happy', 'happy'],
  ['I am not sure if it is happy', null],
  ['hardly happy', null],
  ['This is far from happy; it is disgust', 'disgust'],
  ['never sad', null],
  // Several, none, or no answer at all
  ['happy or sad', null],
  ['happy/neutral', null],
  ['happy, surprise', null],
  ['happy and surprised', null],
  ['angry, disgust, fear, happy, neutral, sad, surprise', null],
  ['sad smile, so joyful', null],
  ['', null],
  ['   ', null],
  ['...', null],
  ['"', null],
  ['unknown', null],
  ['I cannot determine the emotion.', null],
  ["I'm sorry, but I can't help with identifying people.", null],
  ['The image shows a person in a red shirt.', null],
  ['happ', null],
  ['happyness', null],
  ['sadly', null],
  ['fearless', null],
  ['nomad', null],
  ['4', null],
  ['null', null],
  ['<|endoftext|>', null],
  ['content', null],
  ['__proto__', null],
  ['constructor', null],
  ['開心', null],
];

describe('an answer in words', () => {
  it('is tried in at least 100 forms', () => {
    expect(ANSWERS.length).toBeGreaterThanOrEqual(100);
    expect(new Set(ANSWERS.map(([answer]) => answer)).size).toBe(ANSWERS.length);
  });

  test.each(ANSWERS)('%j is %s', (answer, label) => {
    expect(read(answer)).toBe(label);
  });
});

describe('labels of other kinds', () => {
  const parse = (answer: string, labels: string[], synonyms = {}) => {
    const { label } = parseAnswer(answer, labels, synonyms);
    return label === null ? null : labels[label];
  };

  it('may have several words, with blanks, hyphens or underscores', () => {
    const labels = ['hot dog', 'dog', 'ice_cream'];
    expect(parse('Hot-Dog', labels)).toBe('hot dog');
    expect(parse('a hot dog on a plate', labels)).toBe('hot dog');
    expect(parse('a dog on a plate', labels)).toBe('dog');
    expect(parse('It is ice cream.', labels)).toBe('ice_cream');
  });

  it('may be digits, signs or of any script', () => {
    expect(parse('The digit is 7.', ['1', '7', '17'])).toBe('7');
    expect(parse('17', ['1', '7', '17'])).toBe('17');
    expect(parse('C++ of course', ['C', 'C++'])).toBe('C++');
    expect(parse('答案是快乐', ['快乐', '悲伤'])).toBe('快乐');
    expect(parse('Это радость!', ['радость', 'грусть'])).toBe('радость');
    expect(parse('Il est DÉÇU', ['déçu', 'content'])).toBe('déçu');
  });

  it('may be called like what every object has', () => {
    expect(parse('constructor', ['constructor', '__proto__'])).toBe('constructor');
    expect(parse('it is __proto__', ['constructor', '__proto__'])).toBe('__proto__');
  });
});

describe('what is found', () => {
  it('stands where the span says', () => {
    const answer = 'I think that she is Smiling today';
    const { span, how } = parseAnswer(answer, LABELS, SYNONYMS);
    expect(answer.slice(span!.start, span!.end)).toBe('Smiling');
    expect(how).toBe('mention');
    expect(parseAnswer(' Happy.', LABELS)).toEqual({ label: 3, how: 'exact', span: { start: 1, end: 6 } });
  });

  it('is a label or none for any text at all, in little time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const { label, how } = parseAnswer(text, LABELS, SYNONYMS);
        expect(label === null).toBe(how === 'none');
      }),
    );
    const began = performance.now();
    for (const hostile of [
      'not '.repeat(50_000),
      '{'.repeat(100_000),
      '*'.repeat(100_000),
      'answer is '.repeat(20_000),
    ]) {
      expect(read(hostile)).toBeNull();
    }
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
