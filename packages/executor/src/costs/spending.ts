import type { Price } from '../config.ts';
import type { Spent } from './energy.ts';

/** What a phase took beside time; null where it is not known. */
export interface Spending {
  energyJoules: number | null;
  energySource: Spent['source'] | null;
  price: number | null;
  currency: string | null;
}

export const NOTHING_SPENT: Spending = { energyJoules: null, energySource: null, price: null, currency: null };

/** Energy and price of an executor's time. */
export function spendingOf(spent: Spent | undefined, price: Price | undefined, seconds: number): Spending {
  return {
    energyJoules: spent?.joules ?? null,
    energySource: spent?.source ?? null,
    price: price ? (price.perHour * seconds) / 3600 : null,
    currency: price?.currency ?? null,
  };
}

/** The part that one of several phases gets, which worked at the same time: as with processor time, by wall seconds. */
export function shareOf(whole: Spending, share: number): Spending {
  const part = (value: number | null): number | null => (value === null ? null : value * share);
  return { ...whole, energyJoules: part(whole.energyJoules), price: part(whole.price) };
}

/**
 * The sum over shards. Where one of them does not know, or knows it otherwise (another currency, declared beside
 * measured), the sum is not known.
 */
export function addUp(parts: readonly Spending[]): Spending {
  const sum = (of: (part: Spending) => number | null): number | null =>
    parts.reduce<number | null>((total, part) => {
      const value = of(part);
      return total === null || value === null ? null : total + value;
    }, 0);
  const common = <T>(of: (part: Spending) => T): T | null => {
    const values = new Set(parts.map(of));
    return values.size === 1 ? [...values][0]! : null;
  };
  const [energySource, currency] = [common((p) => p.energySource), common((p) => p.currency)];
  return {
    energySource,
    energyJoules: energySource === null ? null : sum((p) => p.energyJoules),
    currency,
    price: currency === null ? null : sum((p) => p.price),
  };
}
