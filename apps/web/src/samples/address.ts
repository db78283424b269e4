/** A page's parameters as Next gives them, as the browser has them. */
export function paramsOf(given: Readonly<Record<string, string | string[] | undefined>>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) {
    for (const one of [value ?? []].flat()) params.append(name, one);
  }
  return params;
}

/** A place in a list, from an address; 0 where there is none. */
export function placeIn(params: URLSearchParams): number {
  const at = params.get('at') ?? '';
  return /^\d{1,7}$/.test(at) ? Number(at) : 0;
}
