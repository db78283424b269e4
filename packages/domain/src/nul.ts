/**
 * Whether a JSON value holds a NUL character, in a text or a name, which Postgres can't store. Its JSON can't be
 * searched for that: a text about NUL characters, such as the diff of a program, would be taken for one with them.
 */
export function holdsNul(value: unknown): boolean {
  let found = false;
  JSON.stringify(value, (key, part: unknown) => {
    found ||= key.includes('\0') || (typeof part === 'string' && part.includes('\0'));
    return part;
  });
  return found;
}
