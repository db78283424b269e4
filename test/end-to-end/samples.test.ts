import { Readable } from 'node:stream';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyClassifier } from '../../packages/executor/test/support/tiny-onnx.ts';
import { mutate } from '../setup/ask.ts';
import { violationsOf } from '../setup/axe.ts';
import { faultsOf } from '../setup/page-faults.ts';
import { startPages, type Pages } from '../setup/pages.ts';
import {
  answeringRun,
  answersOf,
  CLASSES,
  SAMPLES,
  sampledProject,
  type Answers,
  type Planned,
} from '../setup/sampled-project.ts';
import { startStack, type Stack } from '../setup/stack.ts';

/** So many that a screen holds a part only: those of SAMPLES, then squares that differ in a corner. */
const MANY: readonly Planned[] = [
  ...SAMPLES,
  ...Array.from({ length: 1940 }, (_, i): Planned => {
    const pixels = Uint8Array.from({ length: 48 * 48 }, (_pixel, at) => ((at % 48) * (1 + (i % 5)) + (at >> 4)) & 255);
    pixels.set([i & 255, i >> 8]);
    return { label: i % 7, split: 'TRAIN', pixels };
  }),
];

let stack: Stack;
let pages: Pages;
/** Bare numbers, for addresses. */
let version: string;
const runs: { number: string; name: string; answers: Answers }[] = [];

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  const project = await sampledProject(stack, 'Samples', MANY);
  version = project.versionId.slice('DatasetVersion_'.length);
  const about = { projectId: project.projectId, datasetVersionId: project.versionId };
  const { id } = await stack.client.createExperiment({ ...about, name: 'All samples' });
  for (const name of ['first', 'second', 'third']) {
    const answers = answersOf(runs.length + 1, MANY, [...MANY.keys()]);
    const number = (await answeringRun(stack, id, name, answers)).slice('Run_'.length);
    runs.push({ number, name, answers });
  }
  await restoredRun(project.projectId, project.versionId);
  pages = await startPages(stack);
});
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

/** A run of an executor on the test, which restores its images first. */
async function restoredRun(projectId: string, datasetVersionId: string): Promise<void> {
  const { client } = stack;
  const bytes = tinyClassifier({ input: ['N', 1, 48, 48], classes: CLASSES.length, then: 'softmax' });
  const { digest } = await client.upload(Readable.from([bytes]));
  const input = { width: 48, height: 48, colour: 'GRAY' };
  const spec = { kind: 'onnx-classifier', weights: { digest }, labels: CLASSES, input };
  const model = await client.createModelConfig({ projectId, name: 'tiny', spec });
  const restoration = await client.createRestorationConfig({
    projectId,
    name: 'brighter',
    steps: [{ kind: 'gamma', gamma: 2 }],
  });
  const plan = { modelConfigIds: [model.config.id], restorationConfigIds: [restoration.config.id], seeds: [0] };
  const experiment = await client.createExperiment({
    projectId,
    name: 'Restored',
    datasetVersionId,
    split: 'TEST',
    plan,
  });
  const queued = await mutate(
    stack,
    'queueRuns',
    { experimentId: experiment.id },
    '... on QueueRunsPayload { runs { id } }',
  );
  await client.waitForRun((queued as { runs: { id: string }[] }).runs[0]!.id);
}

const grid = (page: Page) => page.getByRole('grid', { name: 'Samples' }).locator('visible=true');
const cellAt = (page: Page, place: number) => grid(page).locator(`a[data-place="${place}"]`);
/** The gallery is alive when it knows how wide it is. */
const alive = (page: Page): Promise<void> => page.locator('[role=grid][aria-rowcount]:not([hidden])').waitFor();
const found = (page: Page) => page.getByRole('toolbar', { name: 'Filter' }).locator('[aria-live]');

describe('the gallery of a version', () => {
  test('holds all samples, of which only those in sight are in the page, and jumps anywhere', async () => {
    const page = await pages.open(`/datasets/${version}/samples`);
    await alive(page);
    expect(await found(page).innerText()).toBe('2,000');
    const mounted = async () => page.locator('[role=gridcell]').count();
    expect(await mounted()).toBeLessThan(300);
    await page.mouse.wheel(0, 400_000);
    await cellAt(page, 1999).waitFor();
    await page.waitForFunction(
      `(() => { const image = document.querySelector('a[data-place="1999"] img'); return image.complete && image.naturalWidth === 48; })()`,
    );
    expect(await mounted()).toBeLessThan(300);
    await page.close();
  });

  test('is walked through by arrows; Enter opens a sample, and Escape leads back to it', async () => {
    const page = await pages.open(`/datasets/${version}/samples`);
    await alive(page);
    await cellAt(page, 0).focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'End', 'PageUp']) await page.keyboard.press(key);
    const place = async () => Number(await page.evaluate(`document.activeElement.dataset.place`));
    await expect.poll(place).toBeGreaterThan(1500);
    const at = await place();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: `#${at.toLocaleString('en')}` }).waitFor();
    await page.keyboard.press('Escape');
    await cellAt(page, at).waitFor();
    expect(page.url()).toContain(`at=${at}`);
    await page.close();
  });

  test('is narrowed by what runs say, and its address is the view', async () => {
    const page = await pages.open(`/datasets/${version}/samples`);
    await alive(page);
    const [first, second] = [runs[0]!, runs[1]!];
    await page.getByRole('button', { name: 'Runs' }).click();
    for (const { name, number } of [first, second]) {
      await page.getByRole('checkbox', { name: `${name} #${number}` }).check();
    }
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Prediction/ }).click();
    await page.getByRole('combobox', { name: 'Right or wrong' }).selectOption('wrong');
    await page.getByRole('checkbox', { name: 'All say the same', exact: true }).check();
    const label = (i: number) => MANY[i]!.label;
    const same = [...MANY.keys()].filter(
      (i) => first.answers.predicted[i] !== label(i) && second.answers.predicted[i] === first.answers.predicted[i],
    );
    expect(same.length).toBeGreaterThan(10);
    await expect.poll(() => found(page).innerText()).toBe(`${same.length} of 2,000`);
    await page.keyboard.press('Escape');
    const words = await cellAt(page, 0).getAttribute('aria-label');
    expect(words).toContain(`#${same[0]}`);
    expect(words).toMatch(/first: .*, wrong\nsecond: .*, wrong/);
    // The same view for who is given its address.
    const other = await pages.open(new URL(page.url()).pathname + new URL(page.url()).search);
    await alive(other);
    expect(await found(other).innerText()).toBe(`${same.length} of 2,000`);
    await other.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => found(other).innerText()).toBe('2,000');
    await other.goBack();
    await expect.poll(() => found(other).innerText()).toBe(`${same.length} of 2,000`);
    await Promise.all([page.close(), other.close()]);
  });

  test('is narrowed by truth and by figures of the images, and says when nothing is left', async () => {
    const page = await pages.open(`/datasets/${version}/samples?brightness=-30&split=test`);
    await alive(page);
    expect(await found(page).innerText()).toBe('1 of 2,000'); // the one that shows nothing
    await page.getByRole('button', { name: 'Truth' }).click();
    await page.getByRole('checkbox', { name: /^sad/ }).check(); // it is happy
    await page.keyboard.press('Escape');
    await expect.poll(() => found(page).innerText()).toBe('0 of 2,000');
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await expect.poll(() => found(page).innerText()).toBe('2,000');
    await page.close();
  });

  test('keeps its rows where pictures can not be had', async () => {
    const page = await pages.open(`/datasets/${version}/samples`);
    await alive(page);
    const sides = async () => {
      const box = await cellAt(page, 0).locator('span').first().boundingBox();
      return [box?.width, box?.height].map((side) => Math.round(side ?? 0));
    };
    const [side] = await sides();
    await page.route('**/blobs/**', (route) => route.abort());
    await page.goto(`${page.url()}?label=happy`);
    await alive(page);
    await page.locator('[data-broken]').first().waitFor();
    expect(await sides()).toEqual([side, side]);
    await page.close();
  });

  test('of an old link says what is no longer there, and shows all samples', async () => {
    const page = await pages.open(`/datasets/${version}/samples?run=999999&only=wrong`);
    await page.getByRole('alert').getByText('There is no such run').waitFor();
    await alive(page);
    expect(await found(page).innerText()).toBe('2,000');
    await page.close();
  });
});

describe('the page of a sample', () => {
  test('has what all runs say of it, and its nearest duplicates', async () => {
    const page = await pages.open(`/samples/${version}-50`);
    const table = page.getByRole('table', { name: 'What runs say of the sample' });
    expect(await table.getByRole('row').count()).toBe(1 + runs.length + 1);
    for (const { name, answers } of runs) {
      const predicted = answers.predicted[50]!;
      const right = predicted === SAMPLES[50]!.label;
      const row = await table.getByRole('row', { name: new RegExp(`^${name} `) }).innerText();
      expect(row).toContain(predicted < 0 ? '✗ abstained' : `${right ? '✓' : '✗'} ${CLASSES[predicted]!}`);
    }
    const duplicate = page.getByRole('region', { name: 'Nearest duplicates' }).getByRole('link').first();
    expect(await duplicate.innerText()).toMatch(/same bytes\s+angry\s+train/);
    await duplicate.click();
    await page.getByRole('heading', { level: 1, name: 'angry #0' }).waitFor();
    await page.close();
  });

  test('shows the original against the restored picture, by a line that is moved', async () => {
    const page = await pages.open(`/samples/${version}-47`);
    const slider = page.getByRole('slider', { name: 'How much of the original is shown' });
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^5[0-9] %/);
    const pictures = page.getByRole('region', { name: 'Picture' });
    await page.getByText('Difference', { exact: true }).click();
    await pictures.getByRole('img', { name: 'Sample 47, surprise, difference' }).waitFor();
    expect(await pictures.innerText()).toMatch(/PSNR \d+\.\d\d dB/);
    await page.close();
  });

  test('leads to the samples beside it in the view, by arrows', async () => {
    const [first] = runs as [(typeof runs)[0]];
    const wrong = [...MANY.keys()].filter((i) => first.answers.predicted[i] !== MANY[i]!.label);
    const page = await pages.open(`/samples/${version}-${wrong[3]!}?run=${first.number}&only=wrong`);
    const heading = (place: number) =>
      page.getByRole('heading', { level: 1, name: `#${wrong[place]!.toLocaleString('en')}` });
    await page.getByText(`4 of ${wrong.length.toLocaleString('en')}`).waitFor();
    await page.keyboard.press('ArrowRight');
    await heading(4).waitFor();
    await page.keyboard.press('k');
    await heading(3).waitFor();
    await page.getByRole('link', { name: 'Previous sample' }).click();
    await heading(2).waitFor();
    await page.getByRole('link', { name: 'All samples of the view' }).click();
    await alive(page);
    expect(await found(page).innerText()).toBe(`${wrong.length.toLocaleString('en')} of 2,000`);
    await page.close();
  });
});

describe('to everybody', () => {
  test.each([
    ['the gallery', () => `/datasets/${version}/samples`],
    ['one with an answer each', () => `/datasets/${version}/samples?run=${runs[0]!.number}`],
    ['one with several', () => `/datasets/${version}/samples?run=${runs[0]!.number}&run=${runs[1]!.number}`],
    ['one without a sample', () => `/datasets/${version}/samples?width=9-10`],
    ['a sample', () => `/samples/${version}-47`],
    ['one with duplicates', () => `/samples/${version}-50?run=${runs[0]!.number}`],
  ])('%s is open, light, dark and on a telephone', async (_name, address) => {
    const page = await pages.open(address());
    expect(await faultsOf(page)).toEqual([]);
    await page.close();
  });

  test('the filters are open, too', async () => {
    const page = await pages.open(`/datasets/${version}/samples?run=${runs[0]!.number}&run=${runs[1]!.number}`);
    await alive(page);
    for (const name of ['Split', 'Truth', 'Image', 'Runs', 'Prediction']) {
      await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
      const dialog = page.getByRole('dialog', { name });
      await dialog.getByRole('checkbox').first().waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violationsOf(page)).toEqual([]);
      }
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
    }
    await page.close();
  });
});
