import type { Question } from './every-question.ts';
import type { GraphQLAnswer } from './http.ts';
import type { Credentials } from './people.ts';

/** Fields and cost of one operation, far enough below the limits. */
const FIELDS = 300;
const AT_ONCE = 6;
/** Milliseconds after which a subscription has nothing to tell. */
const NOTHING_AFTER = 3000;

/** Questions that are sent together. */
export type Batch = readonly Question[];

export function batchesOf(questions: readonly Question[]): Batch[] {
  const batches: Question[][] = [];
  const full = new Map<Question['kind'], { batch: Question[]; size: number }>();
  for (const question of questions) {
    const open = full.get(question.kind);
    // A thing's fields leave one another their answers. A mutation or another root alone: it may take them all with it.
    const isShared = question.kind === 'query' && question.text.startsWith('node(');
    if (open && isShared && open.size + question.size <= FIELDS && open.batch.length < 30) {
      open.batch.push(question);
      open.size += question.size;
    } else {
      const batch = [question];
      batches.push(batch);
      if (isShared) full.set(question.kind, { batch, size: question.size });
    }
  }
  return batches;
}

/** What somebody is told, question by question: a text, equal where nothing differs. */
export async function interrogate(url: string, who: Credentials, batches: readonly Batch[]): Promise<string[][]> {
  const answers: string[][] = batches.map(() => []);
  const queue = batches.entries();
  const worker = async (): Promise<void> => {
    for (const [i, batch] of queue) answers[i] = await answersTo(url, who, batch);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return answers;
}

export async function answersTo(url: string, who: Credentials, batch: Batch): Promise<string[]> {
  const kind = batch[0]!.kind;
  const query = `${kind} { ${batch.map(({ text }, i) => `q${i}: ${text}`).join(' ')} }`;
  const answer = kind === 'subscription' ? await firstEvent(url, who, query) : await ask(url, who, query);
  // Beyond the limits alone: what is too much together is asked for one by one.
  if (batch.length > 1 && answer.errors?.some(({ extensions }) => extensions.code === 'LIMIT_EXCEEDED')) {
    return (await Promise.all(batch.map((question) => answersTo(url, who, [question])))).flat();
  }
  return batch.map((_, i) => {
    const own = answer.errors?.filter(({ path }) => path === undefined || path[0] === `q${i}`);
    const data = answer.data?.[`q${i}`];
    // Of several parts that take the whole answer with them, chance decides which one is told.
    const where = (path?: readonly unknown[]) => (data == null ? undefined : path?.slice(1));
    return scrubbed({
      data,
      errors: own?.map(({ message, path, extensions }) => ({ message, path: where(path), extensions })),
    });
  });
}

/** Without what is drawn at random for each request. */
const scrubbed = (value: unknown): string =>
  JSON.stringify(value, (key, part: unknown) => (['requestId', 'stacktrace'].includes(key) ? undefined : part))
    .replaceAll(/q\d+/g, 'q')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'uuid');

async function ask(url: string, who: Credentials, query: string): Promise<GraphQLAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...who },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as GraphQLAnswer;
}

/** How things stand, which is what each subscription tells first. */
async function firstEvent(url: string, who: Credentials, query: string): Promise<GraphQLAnswer> {
  const abort = new AbortController();
  const response = await fetch(`${url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...who },
    body: JSON.stringify({ query }),
    signal: abort.signal,
  });
  if (!response.headers.get('content-type')?.includes('event-stream')) return (await response.json()) as GraphQLAnswer;
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const nothing = new Promise<{ done: true; value: string }>((resolve) =>
    setTimeout(() => resolve({ done: true, value: '' }), NOTHING_AFTER),
  );
  let text = '';
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), nothing]);
      text += value ?? '';
      const data = /^event: next\ndata: (.*)$/m.exec(text)?.[1];
      if (data !== undefined && text.includes(`${data}\n`)) return JSON.parse(data) as GraphQLAnswer;
      if (done || text.includes('event: complete')) return {};
    }
  } finally {
    abort.abort();
  }
}
