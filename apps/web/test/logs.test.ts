import { expect, test } from 'vitest';
import { cutAt, piecesOf } from '../src/logs/ansi.ts';
import { downloadOf, fits, readLogFilter } from '../src/logs/filter.ts';
import { LogStore, PAGE, type LogLine, type ReadLogPage } from '../src/logs/log-store.ts';

const line = (number: number, text = `line ${number}`, level: LogLine['level'] = 'INFO'): LogLine => ({
  number,
  text,
  level,
  stream: 'STDOUT',
  time: '2026-01-01T00:00:00Z',
});

/** A log of so many lines, and what is asked of it. */
function logOf(lines: number, found = () => true) {
  const asked: (string | null)[] = [];
  const read: ReadLogPage = (filter, after, first) => {
    asked.push(after);
    const from = Number(after ?? 0);
    const all = Array.from({ length: lines - from }, (_, i) => line(from + i + 1));
    const fitting = Object.keys(filter).length === 0 ? all : all.filter(found);
    const page = fitting.slice(0, first);
    return Promise.resolve({
      lines: page,
      lineCount: lines,
      incomplete: false,
      hasNextPage: fitting.length > first,
      endCursor: page.at(-1) ? String(page.at(-1)!.number) : null,
    });
  };
  return { asked, read };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

test('the middle of a long log is read by itself, once', async () => {
  const { asked, read } = logOf(100_000);
  const store = new LogStore(read, {});
  store.want(0, 0);
  await settled();
  expect(store.state().total).toBe(100_000);
  store.want(50_000, 50_030);
  store.want(50_001, 50_031);
  await settled();
  expect(store.lineAt(50_000)?.number).toBe(50_001);
  expect(asked).toEqual([null, '50000']);
});

test('lines that come take their places; a page that was read too early is read again', async () => {
  const { asked, read } = logOf(3);
  const store = new LogStore(read, {});
  store.want(0, 0);
  await settled();
  store.add([line(4), line(5)]);
  expect(store.lineAt(4)?.number).toBe(5);
  store.add([line(PAGE + 7)]); // those between are not here
  store.want(0, 10);
  await settled();
  expect(asked).toEqual([null, null]);
});

test('a search goes on page by page as it is looked at, and takes in what comes when it is through', async () => {
  const { asked, read } = logOf(PAGE + 10);
  const store = new LogStore(read, { search: 'LINE' });
  store.want(0, 0);
  await settled();
  expect(store.state()).toMatchObject({ total: PAGE, complete: false });
  store.want(PAGE - 5, PAGE - 1);
  await settled();
  expect(store.state()).toMatchObject({ total: PAGE + 10, complete: true });
  expect(asked).toEqual([null, String(PAGE)]);
  store.add([line(PAGE + 11), line(PAGE + 12, 'other')]);
  expect(store.state().total).toBe(PAGE + 11);
});

test('what fails is told, and tried again when that is asked for', async () => {
  let fail = true;
  const { read } = logOf(1);
  const store = new LogStore((...args) => (fail ? Promise.reject(new Error('away')) : read(...args)), {});
  store.want(0, 0);
  await settled();
  expect(store.state().error).toBe('away');
  fail = false;
  store.again();
  await settled();
  expect(store.state()).toMatchObject({ error: undefined, total: 1 });
});

test('escape sequences become colours that can be read; what moves cursors is gone', () => {
  expect(piecesOf('\u001b[1;31mERROR\u001b[0m at \u001b[38;5;208mthree\u001b[0m')).toEqual([
    { text: 'ERROR', colour: 'red', bold: true },
    { text: ' at ' },
    { text: 'three' },
  ]);
  expect(piecesOf('\u001b]0;title\u0007\u001b[2K10 %\r20 %')).toEqual([{ text: '20 %' }]);
  expect(piecesOf('a <b>\u0000plain</b>')).toEqual([{ text: 'a <b>plain</b>' }]);
});

test('what is searched for is marked whatever its case', () => {
  expect(cutAt('Loss and loss', 'LOSS')).toEqual(['', 'Loss', ' and ', 'loss', '']);
  expect(cutAt('nothing', undefined)).toEqual(['nothing']);
});

test('a filter is read from the address, and nonsense is none', () => {
  expect(readLogFilter(new URLSearchParams('level=WARN&stream=NONE&search='))).toEqual({ level: 'WARN' });
  expect(fits({ level: 'WARN' }, line(1, 'x', 'ERROR'))).toBe(true);
  expect(fits({ level: 'WARN' }, line(1, 'x', null))).toBe(false);
  expect(fits({ search: 'LINE', stream: 'STDERR' }, line(1))).toBe(false);
  expect(downloadOf('Run_1', { level: 'WARN', search: 'x' })).toBe('/runs/Run_1/logs.txt?details=true&level=WARN');
});
