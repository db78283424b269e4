const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;
/** Back from now: minutes, hours, days, weeks. */
const AGO = /^-(\d{1,6})([mhdw])$/;
const UNIT_SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400, w: 604_800 };

/** A date (its beginning, UTC), a date with time and zone, or a span back from now such as `-7d`. */
export function isMoment(text: string): boolean {
  return AGO.test(text) || ((DATE.test(text) || DATE_TIME.test(text)) && isTime(text));
}

/** A year 0 or a 31st of February is none: Date would take the latter for the 3rd of March. */
function isTime(text: string): boolean {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  const real = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10));
  return real && !text.startsWith('0000') && !Number.isNaN(Date.parse(text));
}

/** @param moment that `isMoment` has accepted */
export function timeOfMoment(moment: string, now: Date): Date {
  const [, count, unit] = AGO.exec(moment) ?? [];
  if (count === undefined) return new Date(moment);
  return new Date(now.getTime() - Number(count) * UNIT_SECONDS[unit!]! * 1000);
}
