/** Of some headers those that are there by these names. */
export function pick(from: Headers, names: readonly string[]): Headers {
  const picked = new Headers();
  for (const name of names) {
    const value = from.get(name);
    if (value !== null) picked.set(name, value);
  }
  return picked;
}

/** What the API has answered, as it comes, with those of its headers that may go on. */
export function handBack(answer: Response, names: readonly string[]): Response {
  const headers = pick(answer.headers, names);
  // fetch has unpacked the body, so that its packed length is no longer true.
  if (answer.headers.has('content-encoding')) headers.delete('content-length');
  return new Response(answer.body, { status: answer.status, headers });
}
