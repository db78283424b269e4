/** GraphQL gives null where an optional input was set to null; for our zod schemas that is the same as leaving it out. */
export function withoutNulls<T extends object>(input: T): { [K in keyof T]?: Exclude<T[K], null> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)) as {
    [K in keyof T]?: Exclude<T[K], null>;
  };
}

/** The same all the way down, for inputs within inputs. */
export function withoutNullsWithin(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(withoutNullsWithin);
  if (typeof input !== 'object' || input === null) return input;
  return Object.fromEntries(
    Object.entries(input)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, withoutNullsWithin(value)]),
  );
}
