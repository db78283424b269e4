/** A copy of a JSON value with `leaf` at a path; objects that are missing on the way are made. */
export function setAt(value: unknown, [key, ...rest]: readonly string[], leaf: unknown): unknown {
  if (key === undefined) return leaf;
  if (Array.isArray(value))
    return value.map((item, i) => (String(i) === key ? setAt(item, rest, leaf) : (item as unknown)));
  if (typeof value !== 'object' || value === null) return value; // not a spec at all: the schema will say so
  return { ...value, [key]: setAt((value as Record<string, unknown>)[key] ?? {}, rest, leaf) };
}
