import { Repeater } from '@repeaterjs/repeater';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { whileAllowed } from '../src/auth/recheck.ts';

/** Events every so many milliseconds; says when it was left. */
function events(milliseconds: number): { source: Repeater<number>; isLeft: () => boolean } {
  let left = false;
  const isLeft = (): boolean => left;
  const source = new Repeater<number>(async (push, stop) => {
    void stop.then(() => (left = true));
    for (let i = 0; !isLeft(); i++) {
      await Promise.race([setTimeout(milliseconds), stop]);
      if (!isLeft()) await push(i);
    }
  });
  return { source, isLeft };
}

test('a stream from which nothing comes ends when the right to it is lost', async () => {
  const { source, isLeft } = events(3_600_000);
  let allowed = true;
  const stream = whileAllowed(source, () => Promise.resolve(allowed), { idle: 10, busy: 10 });
  const next = stream.next();
  await setTimeout(50);
  expect(isLeft()).toBe(false);
  allowed = false;
  expect(await next).toEqual({ done: true, value: undefined });
  expect(isLeft()).toBe(true);
});

test('a busy stream gives nothing more once the right to it is lost', async () => {
  const { source, isLeft } = events(5);
  let asked = 0;
  const stream = whileAllowed(source, () => Promise.resolve(++asked < 3), { idle: 3_600_000, busy: 10 });
  const got: number[] = [];
  for await (const value of stream) got.push(value);
  expect(got.length).toBeGreaterThan(2);
  expect(asked).toBe(3);
  expect(isLeft()).toBe(true);
});

test('who leaves is asked no more', async () => {
  const { source, isLeft } = events(5);
  let asked = 0;
  const stream = whileAllowed(source, () => Promise.resolve(++asked > 0), { idle: 10, busy: 3_600_000 });
  await stream.next();
  await stream.return!();
  const before = asked;
  await setTimeout(50);
  expect([isLeft(), asked]).toEqual([true, before]);
});

test('an error of the check ends it: nobody goes on unasked', async () => {
  const { source } = events(5);
  const stream = whileAllowed(source, () => Promise.reject(new Error('the database is away')), { idle: 20, busy: 20 });
  const got: number[] = [];
  for await (const value of stream) got.push(value);
  expect(got.length).toBeGreaterThan(0);
});
