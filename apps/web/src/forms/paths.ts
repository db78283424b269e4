/** JSON that a person is writing. */
export type Draft = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `input.width` of `{ input: { width: 48 } }`; undefined where there is none. */
export function getAt(draft: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)] as unknown;
    return isObject(value) ? value[key] : undefined;
  }, draft);
}

/** A copy in which something else stands at the path; undefined takes it away. */
export function setAt(draft: Draft, path: string, value: unknown): Draft {
  const [key = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    const { [key]: _gone, ...others } = draft;
    return value === undefined ? others : { ...draft, [key]: value };
  }
  const inner = draft[key];
  const next = setAt(isObject(inner) ? inner : {}, rest.join('.'), value);
  // What holds nothing any more is not said at all: the API puts its own default there.
  return Object.keys(next).length === 0 && value === undefined
    ? setAt(draft, key, undefined)
    : { ...draft, [key]: next };
}
