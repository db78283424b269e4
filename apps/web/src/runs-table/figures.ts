const PLAIN = new Intl.NumberFormat('en', { maximumSignificantDigits: 5 });
const LARGE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A figure of a table in few characters: '0.0123', '12,345', '1.2e-7'; what is not finite as a word. */
export function figure(value: number | string): string {
  const number = Number(value);
  if (Number.isNaN(number)) return 'NaN';
  if (!Number.isFinite(number)) return number > 0 ? '∞' : '−∞';
  const size = Math.abs(number);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return number.toExponential(2).replace('+', '');
  return size >= 10_000 ? LARGE.format(number) : PLAIN.format(number);
}

/** Whether a text of a param is a number. */
export const isFigure = (text: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim());
