import { describe, expect, it } from 'vitest';
import { getAt, setAt } from '../src/forms/paths';
import { problemAt, problemsElsewhere } from '../src/forms/problems';
import { fromText, toText } from '../src/forms/texts';

describe('a draft', () => {
  it('is changed at a path, and forgets what holds nothing', () => {
    const draft = setAt({ kind: 'x' }, 'input.width', 48);
    expect(draft).toEqual({ kind: 'x', input: { width: 48 } });
    expect(getAt(draft, 'input.width')).toBe(48);
    expect(getAt(draft, 'output.name')).toBeUndefined();
    expect(setAt(draft, 'input.width', undefined)).toEqual({ kind: 'x' });
    expect(getAt({ files: [{ path: 'a' }] }, 'files.0.path')).toBe('a');
  });
});

describe('what is typed', () => {
  it.each([
    ['number', '48', 48],
    ['number', 'wide', 'wide'],
    ['numbers', '0.485, 0.456 0.406', [0.485, 0.456, 0.406]],
    ['lines', 'angry, happy', ['angry', 'happy']],
    ['lines', 'a, b\nc', ['a, b', 'c']],
    ['words', 'happy: joyful, glad\nsad:', { happy: ['joyful', 'glad'], sad: [] }],
    ['text', ' ', undefined],
  ] as const)('as %s: %j', (kind, text, value) => {
    expect(fromText(kind, text)).toEqual(value);
    if (value !== undefined) expect(fromText(kind, toText(kind, value))).toEqual(value);
  });
});

it('a problem is shown at its field, or above the form', () => {
  const problem = (place: string) => ({ code: 'INVALID_VALUE', message: 'Wrong.', place, value: null, mend: 'Mend.' });
  const problems = [problem('input.spec.input.mean.1'), problem('input.spec')];
  expect(problemAt(problems, 'input.spec.input.mean', true)).toBe('Wrong. Mend.');
  expect(problemAt(problems, 'input.spec.input.mean')).toBeUndefined();
  expect(problemsElsewhere(problems, ['input.spec.input.mean'])).toEqual([problems[1]]);
});
