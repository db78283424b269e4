import { InvalidInput, modelSpec, type ModelSpec } from '@samplewise/domain';
import sharp from 'sharp';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../src/config.ts';
import { checkEndpoint, guardedLookup } from '../src/models/endpoint/allow-list.ts';
import { ModelProcess } from '../src/model-process/model-process.ts';
import type { Pixels } from '../src/images/decode.ts';
import { Allowance, UNLIMITED, type Budget } from '../src/models/allowance.ts';
import { openAiModel } from '../src/models/endpoint/openai-model.ts';
import type { Answer, PictureModel } from '../src/models/model.ts';
import { respond, say, startChatServer, type Behaviour, type ChatServer } from './support/chat-server.ts';
import { never } from './support/demo-box.ts';

vi.setConfig({ testTimeout: 60_000 });

const LABELS = ['dark', 'bright'];
const KEY = 'a-secret-of-the-operator';
const closing: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function serve(behave: Behaviour): Promise<ChatServer> {
  const server = await startChatServer(behave);
  closing.push(() => server.close());
  return server;
}

const specOf = (endpoint: string, runtime: object = {}, more: object = {}): ModelSpec =>
  modelSpec.parse({
    kind: 'vlm-prompt',
    labels: LABELS,
    synonyms: { dark: ['black'], bright: ['white'] },
    prompt: 'Is the picture {labels}?',
    runtime: { type: 'openai', endpoint, model: 'phi', retries: 1, timeoutSeconds: 2, ...runtime },
    ...more,
  });

/** Loads the model as its process does. */
function load(server: ChatServer, allowed: string[], runtime: object = {}, more: object = {}): PictureModel {
  const spec = specOf(server.endpoint, runtime, more);
  if (spec.kind !== 'vlm-prompt' || spec.runtime.type !== 'openai') throw new Error('not the kind that is tested');
  return openAiModel(spec, spec.runtime, { allowed, key: KEY }, () => undefined);
}

/** A grey picture that can be told from others by its brightness. */
const square = (grey: number): Pixels => ({
  data: new Uint8Array(64 * 48).fill(grey),
  width: 64,
  height: 48,
  channels: 1,
});

interface Options {
  runtime?: object;
  more?: object;
  budget?: Partial<Budget>;
}

async function ask(behave: Behaviour, greys: number[], { runtime, more, budget }: Options = {}) {
  const server = await serve(behave);
  const allowance = new Allowance({ ...UNLIMITED, ...budget });
  const answers = await load(server, [server.origin], runtime, more).answer(greys.map(square), allowance);
  return { server, allowance, answers };
}

async function problemOf(work: () => unknown) {
  try {
    await work();
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems[0];
    throw error;
  }
  throw new Error('the work did not fail as it should');
}

const texts = (answers: Answer[]) => answers.map((answer) => answer.text);
const labels = (answers: Answer[]) => answers.map((answer) => answer.label);
const failures = (answers: Answer[]) => answers.map((answer) => answer.failure);

/** Looks at the picture that it gets. */
const look: Behaviour = async (response, { image }) => {
  const { channels } = await sharp(image).stats();
  say(response, channels[0]!.mean < 100 ? 'It is black.' : 'Bright');
};

describe('a language model behind an endpoint', () => {
  it('is sent each picture with the prompt by its process, and its answers are read', async () => {
    const server = await serve(look);
    const model = specOf(
      server.endpoint,
      { imageSide: 32, concurrency: 1 },
      { system: 'Be brief.', maxTokens: 7, seed: 5 },
    );
    const endpoint = { allowed: [server.origin], key: KEY };
    const modelProcess = await ModelProcess.start(
      { model, steps: [], files: {}, threads: 1, endpoint },
      { timeoutSeconds: 30, memoryBytes: 4e9 },
    );
    closing.push(() => modelProcess.stop());
    const png = async (grey: number) => {
      const { data, ...raw } = square(grey);
      return { bytes: await sharp(data, { raw }).toColourspace('b-w').png().toBuffer(), stepsDone: 0 };
    };
    const images = [await png(10), { bytes: Buffer.from('no picture'), stepsDone: 0 }, await png(240), await png(20)];
    const predicted = await modelProcess.predict(images, never(), { budget: { requests: 2, tokens: Infinity } });

    expect(predicted.exceeded).toBe(true);
    expect(predicted.answers!.map((a) => a?.text)).toEqual(['It is black.', undefined, 'Bright', null]);
    expect(predicted.answers!.map((a) => a?.label)).toEqual([0, undefined, 1, -1]);
    expect(predicted.failures).toEqual([
      null,
      expect.stringContaining('decoded'),
      null,
      expect.stringContaining('budget'),
    ]);
    expect(predicted.answers![0]).toMatchObject({ promptTokens: 700, completionTokens: 3, requests: 1, failure: null });
    expect(predicted.latencyMicros[0]).toBeGreaterThan(0);
    const [asked] = server.asked;
    expect(asked!.text).toBe('Is the picture dark, bright?');
    expect(asked!.authorization).toBe(`Bearer ${KEY}`);
    expect(asked!.body).toMatchObject({ model: 'phi', temperature: 0, max_tokens: 7, seed: 5 });
    expect(asked!.body.messages[0]).toEqual({ role: 'system', content: 'Be brief.' });
    expect(await sharp(asked!.image).metadata()).toMatchObject({ format: 'png', width: 32, height: 24 });
  });

  it('is as sure as the tokens of the label, where it tells them', async () => {
    const logprobs: [string, number][] = [
      ['It', -3],
      [' is', -0.1],
      [' br', Math.log(0.5)],
      ['ight', Math.log(0.8)],
      ['.', -2],
    ];
    const sure = await ask((r) => say(r, 'It is bright.', { logprobs }), [1], { runtime: { logprobs: true } });
    expect(sure.server.asked[0]!.body.logprobs).toBe(true);
    expect(sure.answers[0]!.confidence).toBeCloseTo(0.4);
    const other = await ask((r) => say(r, 'bright', { logprobs: [['dark', -1]] }), [1]);
    expect(other.answers[0]!.confidence).toBeNaN();
  });

  it('may answer nothing that can be read, which is kept', async () => {
    const said = ['', null, 'I can not say.', 'dark or bright', 'a\0b'];
    const { answers } = await ask((r, _, n) => say(r, said[n]!), [1, 2, 3, 4, 5], { runtime: { concurrency: 1 } });
    expect(labels(answers)).toEqual([-1, -1, -1, -1, -1]);
    expect(texts(answers)).toEqual(['', '', 'I can not say.', 'dark or bright', 'a\uFFFDb']);
    expect(failures(answers)).toEqual([null, null, null, null, null]);
  });

  it('is asked no more at once than its config says', async () => {
    const slow: Behaviour = async (response) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      say(response, 'dark');
    };
    const { server } = await ask(slow, new Array<number>(12).fill(9), { runtime: { concurrency: 3 } });
    expect(server.most).toBe(3);
  });
});

describe('a server that misbehaves', () => {
  it.each<[string, Behaviour]>([
    ['fails', (r) => respond(r, 500, 'oops')],
    ['is busy, and says how long', (r) => respond(r, 429, { error: { message: 'slowly' } }, { 'retry-after': '0' })],
    ['sends what is no JSON', (r) => respond(r, 200, '<html>')],
    ['sends JSON that is no answer', (r) => respond(r, 200, { choices: [] })],
    ['sends much more than an answer', (r) => respond(r, 200, 'x'.repeat(2_000_000))],
    ['cuts the connection', (r) => r.destroy()],
    ['hangs', () => undefined],
  ])('because it %s is asked again', async (_, fault) => {
    const behave: Behaviour = (response, asked, n) => (n === 0 ? fault(response, asked, n) : say(response, 'dark'));
    const { answers, server } = await ask(behave, [1], { runtime: { timeoutSeconds: 1 } });
    expect(texts(answers)).toEqual(['dark']);
    expect(answers[0]!.requests).toBe(2);
    expect(server.asked).toHaveLength(2);
  });

  it('about one picture fails that one alone', async () => {
    const behave: Behaviour = async (response, { image }) => {
      const { channels } = await sharp(image).stats();
      if (channels[0]!.mean < 5) respond(response, 400, { error: { message: 'the picture is refused' } });
      else if (channels[0]!.mean > 250) respond(response, 503, `no, ${KEY}`);
      else say(response, 'dark');
    };
    const { answers } = await ask(behave, [1, 100, 255]);
    expect(labels(answers)).toEqual([-1, 0, -1]);
    const reasons = ['the picture is refused', '503: no, ***'].map((text) => expect.stringContaining(text) as string);
    expect(failures(answers)).toEqual([reasons[0], null, reasons[1]]);
    expect(answers.map((a) => a.requests)).toEqual([1, 1, 2]);
  });

  it('about every picture is no fault of theirs', async () => {
    const refusing = () => ask((r) => respond(r, 400, { error: 'images are not supported' }), [1, 2]);
    expect(await problemOf(refusing)).toMatchObject({ code: 'ENDPOINT_FAILED', place: 'runtime' });
    // It may be back later: no problem of the input, so that the shard is tried again.
    await expect(ask((r) => respond(r, 502, ''), [1, 2])).rejects.toThrow('it answered 502');
  });

  it.each([
    [401, 'runtime.apiKeyVariable'],
    [404, 'runtime.model'],
    [302, 'runtime.model'],
  ])('with %i is not set up, and the run fails at once', async (status, place) => {
    const answer: Behaviour = (r) => respond(r, status, `bad ${KEY}`, { location: 'http://169.254.169.254/' });
    const found = await problemOf(() => ask(answer, [1, 2, 3], { runtime: { concurrency: 1 } }));
    expect(found).toMatchObject({ code: 'ENDPOINT_FAILED', place });
    expect(JSON.stringify(found)).not.toContain(KEY);
  });
});

describe('a budget', () => {
  it('of requests counts those that fail, and leaves the rest unasked', async () => {
    const behave: Behaviour = (r, _, n) => (n === 0 ? respond(r, 500, '') : say(r, 'dark'));
    const options = { runtime: { concurrency: 1 }, budget: { requests: 3 } };
    const { allowance, answers, server } = await ask(behave, [1, 2, 3, 4], options);
    expect(allowance.exceeded).toBe(true);
    expect(server.asked).toHaveLength(3);
    expect(answers.map((a) => a.requests)).toEqual([2, 1, 0, 0]);
    expect(answers[3]!.failure).toContain('budget');
  });

  it('that is just enough is not exceeded', async () => {
    const { allowance } = await ask((r) => say(r, 'dark'), [1, 2], { budget: { requests: 2, tokens: 1406 } });
    expect(allowance.exceeded).toBe(false);
    expect(allowance.left).toEqual({ requests: 0, tokens: 0 });
  });

  it('of tokens needs a server that tells them', async () => {
    const work = () => ask((r) => say(r, 'dark', { usage: false }), [1], { budget: { tokens: 5000 } });
    expect(await problemOf(work)).toMatchObject({ code: 'ENDPOINT_FAILED', place: 'budget.tokens' });
  });
});

describe('the allow-list', () => {
  it('lets no model ask where the operator has not allowed it, this machine not excepted', async () => {
    const server = await serve((r) => say(r, 'dark'));
    expect(await problemOf(() => load(server, []))).toMatchObject({
      code: 'ENDPOINT_REFUSED',
      place: 'runtime.endpoint',
    });
    expect(await problemOf(() => load(server, ['http://127.0.0.1:1']))).toMatchObject({ code: 'ENDPOINT_REFUSED' });
    expect(server.asked).toEqual([]);
  });

  it('is of whole origins', () => {
    const allowed = ['https://models.example'];
    expect(checkEndpoint('https://models.example/v1', allowed).host).toBe('models.example');
    for (const url of [
      'http://models.example',
      'https://models.example:8443',
      'https://models.example.evil.org',
      'https://xmodels.example',
    ]) {
      expect(() => checkEndpoint(url, allowed), url).toThrow('may not be asked');
    }
  });

  it.each([
    '169.254.169.254',
    '[fe80::1]',
    '[::ffff:169.254.169.254]',
    '[fd00:ec2::254]',
    '100.100.100.200',
    '0xa9.254.169.254',
    '2852039166',
  ])('never lets %s be asked, even if it is listed', (host) => {
    const url = `http://${host}/latest`;
    expect(() => checkEndpoint(url, [new URL(url).origin])).toThrow('the network itself');
  });

  it('looks at the address to which a name leads', async () => {
    const lookup = (name: string) =>
      new Promise((resolve) => guardedLookup(name, { all: true }, (error, found) => resolve(error ?? found)));
    expect(await lookup('localhost')).toEqual(
      expect.arrayContaining([expect.objectContaining({ address: '127.0.0.1' })]),
    );
    expect(await lookup('169.254.169.254')).toEqual(
      expect.objectContaining({ message: expect.stringContaining('leads to') as string }),
    );
  });

  it("is the operator's setting, as keys are", () => {
    const env = { DATABASE_URL: 'x', SAMPLEWISE_STORAGE: 'y' };
    expect(readConfig(env).endpoints).toEqual({ allowed: [], keys: new Map() });
    const given = {
      SAMPLEWISE_MODEL_ENDPOINTS: ' http://localhost:11434/v1, https://API.example ,',
      SAMPLEWISE_MODEL_KEY_A: KEY,
    };
    expect(readConfig({ ...env, ...given }).endpoints).toEqual({
      allowed: ['http://localhost:11434', 'https://api.example'],
      keys: new Map([['SAMPLEWISE_MODEL_KEY_A', KEY]]),
    });
    expect(() => readConfig({ ...env, SAMPLEWISE_MODEL_ENDPOINTS: 'localhost' })).toThrow('SAMPLEWISE_MODEL_ENDPOINTS');
  });
});
