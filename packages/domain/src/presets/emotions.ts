/** How each of FER-2013's classes is said of a face: 'a fearful face'. */
const ADJECTIVES: Readonly<Record<string, string>> = {
  angry: 'angry',
  disgust: 'disgusted',
  fear: 'fearful',
  happy: 'happy',
  sad: 'sad',
  surprise: 'surprised',
  neutral: 'neutral',
};

const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  angry: ['anger', 'angrily', 'mad', 'furious', 'rage', 'irritated', 'annoyed'],
  disgust: ['disgusted', 'disgusting', 'revulsion', 'repulsed'],
  fear: ['fearful', 'afraid', 'scared', 'frightened', 'terrified', 'anxious'],
  happy: ['happiness', 'joy', 'joyful', 'smiling', 'cheerful', 'delighted'],
  sad: ['sadness', 'sorrow', 'sorrowful', 'unhappy', 'crying'],
  surprise: ['surprised', 'astonished', 'amazed', 'shocked', 'startled'],
  neutral: ['expressionless', 'no emotion', 'no expression', 'emotionless', 'calm'],
};

/** A word for each label; the label itself where it is no emotion of FER-2013. */
export const adjectivesOf = (labels: readonly string[]): string[] =>
  labels.map((label) => (Object.hasOwn(ADJECTIVES, label) ? ADJECTIVES[label]! : label));

export const synonymsOf = (labels: readonly string[]): Record<string, readonly string[]> =>
  Object.fromEntries(
    labels.filter((label) => Object.hasOwn(SYNONYMS, label)).map((label) => [label, SYNONYMS[label]!]),
  );
