import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, mutate } from '../setup/ask.ts';
import { violationsOf } from '../setup/axe.ts';
import { startDemoStack } from '../setup/demo-stack.ts';
import { LINES, loggedRun, logLines } from '../setup/logged-run.ts';
import { overflowOf, startPages, type Pages } from '../setup/pages.ts';
import { end, type Stack } from '../setup/stack.ts';

let stack: Stack;
let pages: Pages;
let folder: string;
/** Bare ids. */
let [restored, logged, failed, queued] = ['', '', '', ''];

const bare = (id: string): string => id.slice('Run_'.length);

beforeAll(async () => {
  const made = await startDemoStack();
  stack = made.stack;
  const { demo } = made;
  const isRestored = (run: (typeof demo.experiments)[number]['runs'][number]): boolean =>
    run.restorationConfig.name !== 'none';
  const experiment = demo.experiments.find((e) => e.runs.some(isRestored))!;
  restored = bare(experiment.runs.find(isRestored)!.id);
  logged = bare(await loggedRun(stack, experiment.id));
  const fields = '... on CreateRunPayload { run { id } }';
  const { run } = (await mutate(stack, 'createRun', { experimentId: experiment.id, name: 'broken' }, fields)) as {
    run: { id: string };
  };
  failed = bare(run.id);
  await mutate(
    stack,
    'failRun',
    { runId: run.id, reason: 'CUDA out of memory' },
    '... on FailRunPayload { run { id } }',
  );
  // Nobody takes a run: one that is queued stays so.
  const clone = await mutate(stack, 'cloneRun', { runId: `Run_${restored}` }, '... on CloneRunPayload { run { id } }');
  queued = bare((clone as { run: { id: string } }).run.id);
  pages = await startPages(stack);
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-run-'));
});
afterAll(async () => {
  await pages.close();
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("a run's head", () => {
  test('is renamed, tagged, written about and taken to the bin, each with a way back', async () => {
    const page = await pages.open(`/runs/${failed}`);
    await page.getByText('CUDA out of memory').waitFor();
    await page.getByRole('button', { name: 'More that can be done' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('out of memory');
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'out of memory' }).waitFor();

    await page.getByRole('button', { name: 'Add tag' }).click();
    await page.getByRole('combobox', { name: 'New tag' }).fill('stage=final');
    await page.keyboard.press('Enter');
    const tags = page.getByRole('list', { name: 'Tags' });
    await tags.getByText('stage').waitFor();
    await page.keyboard.press('Escape');
    await tags.getByRole('button', { name: 'Remove the tag stage' }).click();
    await tags.getByText('stage').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await tags.getByText('stage').waitFor();

    const notes = page.getByRole('region', { name: 'Notes' });
    await notes.getByRole('button', { name: 'Write' }).click();
    await notes.getByRole('textbox').fill('Needs a **smaller** batch.');
    await notes.getByRole('button', { name: 'Save' }).click();
    expect(await notes.locator('strong').innerText()).toBe('smaller');

    await page.getByRole('button', { name: 'More that can be done' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.waitForURL('**/experiments/*');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { level: 1, name: 'out of memory' }).waitFor();
    await page.close();
  });

  test('lets a queued run be paused, hastened and canceled, and says what has become of it', async () => {
    const page = await pages.open(`/runs/${queued}`);
    const progress = page.getByRole('region', { name: 'Progress' });
    await progress.getByText('it waits for an executor').waitFor();
    await progress.getByLabel('Priority').selectOption('5');
    await progress.getByRole('button', { name: 'Pause' }).click();
    await progress.getByText('Paused: executors leave it alone').waitFor();
    const { data } = await ask(stack, `{ node(id: "Run_${queued}") { ... on Run { priority pausedAt } } }`);
    expect(data!.node).toMatchObject({ priority: 5, pausedAt: expect.any(String) as string });
    await progress.getByRole('button', { name: 'Go on' }).click();
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('It was canceled').waitFor();
    expect(await progress.count()).toBe(0);
    await page.close();
  });
});

describe("a run's figures", () => {
  test('are told with what they say; a cell of the matrix is reached and opened by keys alone', async () => {
    const page = await pages.open(`/runs/${restored}`);
    const figures = page.getByRole('list', { name: 'Key figures' });
    expect(await figures.innerText()).toMatch(/Accuracy\s+\d\d\.\d\d %\s+\d\d\.\d – \d\d\.\d at 95 %/);
    await page.getByText('Share of the samples for which there is a prediction.').waitFor();
    const matrix = page.getByRole('grid', { name: 'Confusion matrix' });
    await matrix.getByRole('gridcell').first().getByRole('link').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const focused = page.locator(':focus');
    expect(await focused.getAttribute('aria-label')).toContain('disgust samples: predicted as disgust');
    const samples = Number(await focused.innerText());
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: `Samples: disgust predicted as disgust (${samples})` }).waitFor();
    expect(page.url()).toContain('/samples?truth=disgust&predicted=disgust');
    await page.close();
  });

  test('are normalised, sorted and sliced as the address says', async () => {
    const page = await pages.open(`/runs/${restored}?cells=truth&classes=recall.desc&slices=truth`);
    const rows = page.getByRole('table', { name: 'Metrics by class' }).locator('tbody tr');
    const recalls = await rows.evaluateAll((all) =>
      all.map((row) =>
        Number((row as unknown as { cells: { innerText: string }[] }).cells[4]!.innerText.split('\n')[0]),
      ),
    );
    expect(recalls).toEqual([...recalls].sort((a, b) => b - a));
    const row = page.getByRole('grid', { name: 'Confusion matrix' }).getByRole('row').nth(1);
    const shares = (await row.getByRole('gridcell').allInnerTexts()).map(Number);
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(100, 0);
    const slices = page.getByRole('table', { name: 'Slices of the samples' });
    await slices.getByRole('link', { name: 'surprise' }).waitFor();
    await page.getByRole('button', { name: 'F1 %' }).click();
    expect(page.url()).toContain('classes=f1.desc');
    await page.close();
  });

  test('are drawn: calibration, ROC and precision of chosen classes, coverage; each to be downloaded and read', async () => {
    const page = await pages.open(`/runs/${restored}`);
    for (const name of [/^Calibration/, /^ROC/, /^Precision over recall/, /^Accuracy where it is sure enough/]) {
      await page.getByRole('figure', { name }).locator('div > svg path').first().waitFor({ state: 'attached' });
    }
    await page.getByRole('combobox', { name: 'Classes of the curves' }).fill('fear');
    await page.getByRole('option', { name: 'fear' }).click();
    await page.waitForFunction(`document.querySelectorAll('[aria-label="Lines"] li').length === 1`);
    expect(new URL(page.url()).searchParams.get('curve')).toBe('fear');
    const coverage = page.getByRole('figure', { name: /sure enough/ });
    await coverage.getByText('In figures').click();
    const all = await coverage.getByRole('row').nth(1).innerText();
    expect(all).toMatch(/^100\.00/);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Download ROC/ }).click();
    await page.getByRole('menuitem', { name: 'CSV' }).click();
    expect((await download).suggestedFilename()).toMatch(/^ROC.*\.csv$/);
    await page.close();
  });
});

test('samples are found by truth, mistake and confidence, the worst first, and lead to their own page', async () => {
  const page = await pages.open(`/runs/${restored}/samples`);
  await page.getByLabel('Right or wrong').selectOption('wrong');
  await page.getByRole('heading', { name: /^Samples: wrong/ }).waitFor();
  await page.getByLabel('Order').selectOption('worst');
  await page.waitForURL('**/samples?only=wrong&sort=worst');
  await page.getByRole('heading', { name: /^Samples: wrong/ }).waitFor();
  const losses = async () =>
    (await page.getByRole('article').allInnerTexts()).map((t) => Number(/loss (\S+)/.exec(t)![1]));
  await expect
    .poll(async () => JSON.stringify(await losses()))
    .toBe(JSON.stringify([...(await losses())].sort((a, b) => b - a)));
  const slider = page.getByRole('slider', { name: 'Confidence from' });
  await slider.focus();
  for (let i = 0; i < 50; i++) await page.keyboard.press('ArrowRight');
  await page.waitForURL(/min=0\.\d+/);
  const card = page.getByRole('article').first();
  const edge = card.getByRole('slider');
  await edge.focus();
  await page.keyboard.press('ArrowRight');
  expect(await edge.getAttribute('aria-valuetext')).toBe('55 % before, 45 % after');
  const index = /#(\d+)/.exec(await card.innerText())![1]!;
  expect(await card.getByRole('link').last().getAttribute('href')).toMatch(new RegExp(`^/samples/\\d+-${index}$`));
  await page.close();
});

describe('logs', () => {
  test('of a hundred thousand lines are scrolled, searched, linked and downloaded', async () => {
    const page = await pages.open(`/runs/${logged}/logs?line=50000`);
    const lines = page.getByRole('log', { name: 'Lines' });
    await page.getByText(/^100,0\d\d lines$/).waitFor();
    await lines.locator('[data-marked]').getByText('warning 50000').waitFor();
    await lines.focus();
    await page.keyboard.press('Home');
    await lines.getByText('step 1 loss=0.1').waitFor();
    await page.keyboard.press('End');
    await lines.getByText(`warning ${LINES}`, { exact: false }).waitFor();
    // Only what is looked at is in the page.
    expect(await lines.locator('[data-index]').count()).toBeLessThan(200);
    await page.getByLabel('Search the lines').fill('LARGE gradient');
    await page.getByText(/^100 of 100,0\d\d lines$/).waitFor();
    expect(await lines.locator('mark').first().innerText()).toBe('large gradient');
    expect(await lines.locator('[data-colour=yellow]').first().innerText()).toBe('warning');
    await page.getByLabel('Level').selectOption('ERROR');
    await page.getByText('No line fits.').waitFor();
    const download = page.waitForEvent('download');
    await page.goto(`${pages.url}/runs/${logged}/logs?level=WARN`);
    await page.getByRole('link', { name: 'Download' }).click();
    const file = await (await download).createReadStream();
    let text = '';
    for await (const chunk of file) text += String(chunk);
    expect(text.trim().split('\n')).toHaveLength(100);
    await page.close();
  });

  test('of a run that goes on grow by themselves, and the end stays in sight', async () => {
    const page = await pages.open(`/runs/${logged}/logs`);
    const lines = page.getByRole('log', { name: 'Lines' });
    await lines.getByText(`warning ${LINES}`, { exact: false }).waitFor();
    await logLines(stack, `Run_${logged}`, [{ text: 'and one more', level: 'INFO' }]);
    await lines.getByText('and one more').waitFor();
    await page.close();
  });
});

test('artifacts are brought in parts, previewed without being run, versioned, fetched, deleted and restored', async () => {
  const file = path.join(folder, 'card.md');
  const page = await pages.open(`/runs/${logged}/artifacts`);
  for (const text of ['# First\n\n<img src=x onerror="document.title=1">', '# Second']) {
    await writeFile(file, text);
    await page.getByLabel('Files to upload').setInputFiles(file);
    await page.getByText('1 file is in the run.').last().waitFor();
    await page
      .getByRole('row', { name: /card\.md/ })
      .getByText(text.includes('First') ? '1' : '2', { exact: true })
      .waitFor();
  }
  await page.getByRole('link', { name: 'card.md', exact: true }).click();
  const shown = page.getByRole('region', { name: 'File card.md' });
  await shown.getByRole('heading', { name: 'Second' }).waitFor();
  await shown.getByLabel('Version').selectOption('1');
  await shown.getByText('<img src=x').waitFor();
  expect(await page.title()).not.toBe('1');
  const response = await fetch(`${pages.url}/runs/Run_${logged}/artifacts/card.md`);
  expect([response.status, await response.text(), response.headers.get('content-disposition')]).toEqual([
    200,
    '# Second',
    'attachment; filename=card.md',
  ]);
  expect((await fetch(`${pages.url}/runs/Run_${logged}/secrets`)).status).toBe(404);
  await page.getByRole('button', { name: 'Delete card.md' }).click();
  await page.getByText('No files yet.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('link', { name: 'card.md', exact: true }).waitFor();
  await page.close();
});

test('config and environment are read and copied; the notes of strangers run nothing', async () => {
  const page = await pages.open(`/runs/${restored}/config`);
  await page.getByRole('region', { name: 'Make it again' }).getByText('samplewise experiments create').waitFor();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy Restoration as YAML' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain('- kind: onnx-super-resolution');
  await page.goto(`${pages.url}/runs/${logged}/config`);
  await page.getByRole('table', { name: 'Params' }).getByText('optimizer.lr').waitFor();
  await page.getByRole('table', { name: 'Packages' }).getByText('torch').waitFor();
  await page.goto(`${pages.url}/runs/${logged}`);
  await page.locator('strong', { hasText: 'works' }).waitFor();
  expect(await page.title()).not.toBe('hacked');
  expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
  await page.close();
});

test('a run that is cloned shows its figures without a reload when an executor has made them', async () => {
  const page = await pages.open(`/runs/${restored}`);
  await page.getByRole('button', { name: 'Clone' }).click();
  await page.getByLabel('Seed').fill('7');
  await page.getByRole('button', { name: 'Queue the clone' }).click();
  await page.getByText('it waits for an executor').waitFor();
  const executor = await stack.startExecutor();
  await page.getByRole('list', { name: 'Key figures' }).waitFor({ timeout: 90_000 });
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/#\d+$/);
  await end(executor);
  await page.close();
});

describe('each tab', () => {
  const tabs = (): [string, string][] => [
    ['Overview', `/runs/${restored}`],
    ['Samples', `/runs/${restored}/samples`],
    ['Curves', `/runs/${logged}/curves`],
    ['Logs', `/runs/${logged}/logs`],
    ['Artifacts', `/runs/${logged}/artifacts?file=card.md`],
    ['Config', `/runs/${logged}/config`],
    ['a failed run', `/runs/${failed}`],
  ];

  test.each(['light', 'dark'] as const)('has no accessibility violation in the %s scheme', async (scheme) => {
    for (const [name, address] of tabs()) {
      const page = await pages.open(address, { scheme });
      await page.waitForFunction(`!document.querySelector('.frame-page .mantine-Skeleton-root')`);
      expect([name, await violationsOf(page)]).toEqual([name, []]);
      await page.close();
    }
  });

  test('does not scroll sideways at 390 px', async () => {
    for (const [name, address] of tabs()) {
      const page = await pages.open(address, { width: 390 });
      expect([name, await overflowOf(page)]).toEqual([name, 0]);
      await page.close();
    }
  });
});
