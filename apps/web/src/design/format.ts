/** 0.8644 -> '86.44'. The sign stands in the column's head. */
export const percent = (value: number): string => (value * 100).toFixed(2);

/** [0.812, 0.859] -> '81.2 – 85.9' */
export const interval = (low: number, high: number): string => `${(low * 100).toFixed(1)} – ${(high * 100).toFixed(1)}`;

const FIGURE = new Intl.NumberFormat('en', { maximumSignificantDigits: 4, minimumSignificantDigits: 3 });
/** A number of no unit: 0.64213 -> '0.6421', 12 -> '12.0'. */
export const figure = (value: number): string => FIGURE.format(value).replace('-', '−');

const COUNT = new Intl.NumberFormat('en');
export const count = (value: number): string => COUNT.format(value);

/** Seconds for people: '0.35 s', '12.4 s', '3 min 20 s', '2 h 5 min'. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** [3.1, 'EUR'] -> '€3.10'; amounts below a cent keep two figures: '€0.00042'. @param currency ISO 4217 */
export function money(amount: number, currency: string | null | undefined): string {
  const options = amount > 0 && amount < 0.01 ? { maximumSignificantDigits: 2 } : {};
  return new Intl.NumberFormat('en', currency == null ? options : { ...options, style: 'currency', currency }).format(
    amount,
  );
}

/** Bytes in powers of 1024: '1.4 MiB'. */
export function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, value < 1 ? 0 : Math.floor(Math.log2(value) / 10));
  return `${(value / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]!}`;
}

/** Time between two moments in the largest unit that fits: '3 minutes ago'. */
export function relativeTime(moment: Date, now: Date): string {
  const seconds = (moment.getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const;
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit);
  }
  return 'just now';
}

/** `Run_12` -> `12`: pages' addresses carry the bare number. */
export const bareId = (globalId: string): string => globalId.slice(globalId.indexOf('_') + 1);
