import { boxFile } from '@samplewise/demo';
import type { ChildProcess } from 'node:child_process';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mutate } from '../setup/ask.ts';
import { violationsOf } from '../setup/axe.ts';
import { seededDemo } from '../setup/demo.ts';
import { faultsOf } from '../setup/page-faults.ts';
import { startPages, type Pages } from '../setup/pages.ts';
import { end, startStack, type Stack } from '../setup/stack.ts';

let stack: Stack;
let pages: Pages;
let executor: ChildProcess;
let demo: Awaited<ReturnType<typeof seededDemo>>;

beforeAll(async () => {
  stack = await startStack();
  executor = await stack.startExecutor({
    SAMPLEWISE_EXECUTOR_NAME: 'lab',
    SAMPLEWISE_PRICE_PER_HOUR: '1.2',
    SAMPLEWISE_CURRENCY: 'EUR',
  });
  demo = await seededDemo(stack.client);
  for (const { id } of demo.experiments.flatMap((e) => e.runs)) await stack.client.waitForRun(id);
  pages = await startPages(stack);
});
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

const LABELS = ['angry', 'disgust', 'fear', 'happy', 'neutral', 'sad', 'surprise'];

/** What a trial's picture is said to be. */
const scoresOf = (page: Page) => page.getByRole('list', { name: 'Scores' }).getByRole('listitem');

describe('models', () => {
  test('are listed by name with their best figure, and told stage by stage', async () => {
    const page = await pages.open('/projects/local/demo/models');
    const row = await page.getByRole('row', { name: /^vgg-mini/ }).innerText();
    expect(row).toMatch(/ONNX classifier\s+1\s+7\s+3\s+\d\d\.\d\d\s+\d\d\.\d – \d\d\.\d/);
    await page.getByRole('link', { name: 'vgg-mini' }).click();
    const stages = page.getByRole('list', { name: 'Stages' });
    await stages.getByText('stretched to 48 × 48, cubic').waitFor();
    const file = page.getByRole('region', { name: 'Files' });
    expect(await file.getByRole('row', { name: /takes/ }).innerText()).toContain('pixel_values');
    expect(await page.getByRole('table', { name: 'Runs' }).getByRole('row').count()).toBe(4);
    await page.close();
  });

  test('are tried on a picture, then restored before', async () => {
    const page = await pages.open('/models/1');
    await page.getByLabel('Picture', { exact: true }).setInputFiles(boxFile('synthetic-faces/clean/happy/001.png'));
    await scoresOf(page).nth(6).waitFor();
    const first = await scoresOf(page).first().innerText();
    expect(LABELS.some((label) => first.startsWith(label))).toBe(true);
    await page.getByText(/model \d.* · preparation .* · on lab/).waitFor();
    await page.getByLabel('Restored before by').selectOption({ label: 'face-restorer-mini x2' });
    await page.getByText(/onnx-super-resolution PSNR \d/).waitFor();
    const slider = page.getByRole('slider', { name: /Original on the left/ });
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await slider.getAttribute('aria-valuetext')).toBe('45 % before, 55 % after');
    expect(await violationsOf(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violationsOf(page)).toEqual([]);
    await page.close();
  });

  test('refuse what is no picture, and say what they take', async () => {
    const page = await pages.open('/models/1');
    const file = { name: 'drawing.png', mimeType: 'image/png', buffer: Buffer.from('<svg xmlns="x"/>') };
    await page.getByLabel('Picture', { exact: true }).setInputFiles(file);
    const alert = page.getByRole('alert').filter({ hasText: 'The trial failed' });
    await alert.getByText('This is an SVG.').waitFor();
    expect(await alert.innerText()).toContain('Accepted are PNG, JPEG and WebP');
    await page.close();
  });

  test('are registered from a file that is looked into; what the API refuses stands at its field', async () => {
    const page = await pages.open('/projects/local/demo/models');
    await page.getByRole('link', { name: 'Register a model' }).click();
    await page.getByRole('link', { name: /^ONNX classifier/ }).click();
    await page.getByLabel('ONNX file').setInputFiles(boxFile('models/resnet-mini.onnx'));
    await page.getByRole('cell', { name: 'pixel_values' }).waitFor();
    expect(await page.getByLabel('Width').inputValue()).toBe('48');
    await page.getByText('The file gives 7 numbers for a picture; 0 classes are named.').waitFor();
    await page.getByLabel('Take the classes of').selectOption({ index: 1 });
    await page.getByLabel('Width').fill('64');
    await page.getByRole('textbox', { name: 'Name' }).first().fill('by hand');
    await page.getByRole('button', { name: 'Register' }).click();
    const said = page.getByText("The file's input 'pixel_values' is float32 [batch, 3, 48, 48]. Say 48.");
    await said.waitFor();
    expect(await page.getByLabel('Width').getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate('document.activeElement.value')).toBe('64');
    expect(await violationsOf(page)).toEqual([]);

    await page.getByLabel('Width').fill('48');
    await page.getByRole('group', { name: 'Samples' }).getByRole('button').first().click();
    await scoresOf(page).nth(6).waitFor();
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByRole('heading', { level: 1, name: 'by hand' }).waitFor();
    const { rows } = await stack.pool.query<{ spec: { input: object; labels: string[] } }>(
      `SELECT spec FROM model_config WHERE name = 'by hand'`,
    );
    expect(rows[0]!.spec).toMatchObject({ input: { name: 'pixel_values', width: 48 }, output: { name: 'logits' } });

    await page.getByRole('link', { name: 'New version' }).click();
    await page.getByLabel('Kernel').selectOption('lanczos3');
    await page.getByRole('button', { name: 'Register' }).click();
    const changes = page.getByRole('table', { name: 'Changes' });
    expect(await changes.getByRole('row', { name: /input\.resize/ }).innerText()).toMatch(/cubic\s+lanczos3/);
    await page.close();
  });

  test('begin with a preset, whose words follow from the classes', async () => {
    const page = await pages.open('/models/new?project=1&preset=clip-vit-b-32');
    await page.getByRole('group', { name: 'Samples' }).waitFor(); // the page is awake
    await page.getByLabel('Take the classes of').selectOption({ index: 1 });
    await expect.poll(() => page.getByLabel('Words').inputValue(), { timeout: 10_000 }).toContain('disgusted');
    expect(await page.getByLabel('Prompts').inputValue()).toContain('a photo of a {} face');
    expect(await page.getByRole('button', { name: 'Register' }).isDisabled()).toBe(true);
    await page.close();
  });
});

describe('restorations', () => {
  test('are built step by step, tried, moved and registered', async () => {
    const page = await pages.open('/projects/local/demo/restorations');
    await page.getByRole('link', { name: 'Build a restoration' }).click();
    const add = async (name: RegExp): Promise<void> => {
      await page.getByRole('button', { name: 'Add a step' }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    await add(/^Gamma/);
    await add(/^Denoise, median/);
    await page.getByRole('listitem', { name: 'Step 1: Gamma' }).getByLabel('Gamma').fill('99');
    await page.getByRole('textbox', { name: 'Name' }).first().fill('soft');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByRole('listitem', { name: 'Step 1: Gamma' }).getByText(/<=10/).waitFor();
    await page.getByRole('textbox', { name: 'Gamma' }).fill('1.5');
    await page.getByRole('button', { name: 'Move step 2 up' }).click();
    await page.getByRole('listitem', { name: 'Step 1: Denoise, median' }).waitFor();
    await page.getByRole('group', { name: 'Samples' }).getByRole('button').first().click();
    await page.getByText('2. gamma').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByRole('heading', { level: 1, name: 'soft' }).waitFor();
    const steps = page.getByRole('list', { name: 'Steps' });
    expect(await steps.innerText()).toMatch(/Denoise median of 3 × 3 pixels\s+Gamma 1.5: brighter/);
    await page.close();
  });

  test('show what they did to samples, and how much they found done', async () => {
    const page = await pages.open('/restorations/2');
    await page
      .getByRole('slider', { name: /^Sample \d+: original on the left/ })
      .first()
      .waitFor();
    expect(await page.getByText(/1,680 in 4 runs/).count()).toBe(1);
    await page.getByText(/Change of sharpness/).waitFor();
    await page.close();
  });
});

describe('a new experiment', () => {
  test('shows what its runs will take before they are queued; what never ran is not guessed', async () => {
    const page = await pages.open('/experiments/new?project=1&models=1&restorations=1,2');
    await page.getByRole('textbox', { name: 'Name' }).fill('How long?');
    const plan = page.getByRole('region', { name: 'The plan' });
    await plan
      .getByRole('row', { name: /vgg-mini/ })
      .first()
      .waitFor();
    const row = (name: RegExp) => plan.getByRole('row', { name });
    expect(await row(/vgg-mini · none/).innerText()).toMatch(/preparation .* · model .* · evaluation .*earlier run/s);
    expect(await row(/vgg-mini · face-restorer-mini x2/).innerText()).toMatch(/\d s/);
    await plan.getByText('€').first().waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violationsOf(page)).toEqual([]);
    await page.getByLabel('soft').check();
    await row(/vgg-mini · soft/)
      .getByText('No estimate: no earlier run tells what this restoration takes.')
      .waitFor();
    expect(page.url()).toContain('restorations=1%2C2%2C');
    await page.getByLabel('soft').uncheck();
    await page.getByRole('button', { name: 'Queue 2 runs' }).click();
    await page.getByRole('heading', { level: 1, name: 'How long?' }).waitFor();
    const { rowCount } = await stack.pool.query(
      `SELECT 1 FROM run r JOIN experiment e ON e.id = r.experiment_id WHERE e.name = 'How long?'`,
    );
    expect(rowCount).toBe(2);
    await page.close();
  });

  test('says at its name that it is taken', async () => {
    const page = await pages.open('/experiments/new?project=1&models=1');
    await page.getByRole('button', { name: 'Queue 1 run' }).waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('How long?');
    await page.getByRole('button', { name: 'Queue 1 run' }).click();
    await page.getByText('The project has an experiment of this name. Choose another name.').waitFor();
    await page.close();
  });
});

describe('executors and their queue', () => {
  test('are followed as they are; runs are moved, paused and canceled', async () => {
    await end(executor);
    const { id } = demo.experiments[0]!;
    const plan = {
      modelConfigIds: ['ModelConfig_1'],
      restorationConfigIds: ['RestorationConfig_1'],
      seeds: [11, 12, 13],
    };
    const runs = await stack.client.queueRuns(id, plan);
    const page = await pages.open('/executors');
    await page.getByText('No executor is there.').waitFor();
    const queue = page.getByRole('table', { name: /^Runs of/ });
    const names = async (): Promise<string[]> => {
      const cells = await queue.getByRole('link', { name: /seed 1\d/ }).allInnerTexts();
      return cells.map((name) => name.slice(-2));
    };
    await expect.poll(names, { timeout: 10_000 }).toEqual(['11', '12', '13']);
    expect(await violationsOf(page)).toEqual([]);

    await queue.getByRole('button', { name: /^Raise the priority of .* seed 13/ }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(names, { timeout: 10_000 }).toEqual(['13', '11', '12']);
    await queue.getByRole('button', { name: /^Pause .* seed 11/ }).click();
    await queue.getByRole('button', { name: /^Go on with .* seed 11/ }).waitFor();
    await queue.getByRole('button', { name: /^More for .* seed 12/ }).click();
    await page.getByRole('menuitem', { name: 'Cancel for good' }).click();
    await expect.poll(names, { timeout: 10_000 }).toEqual(['13', '11']);

    executor = await stack.startExecutor({ SAMPLEWISE_EXECUTOR_NAME: 'second' });
    const card = page.getByRole('article', { name: 'Executor second' });
    await card.getByText('Processors').waitFor();
    await stack.client.waitForRun(runs[2]!.id);
    await expect.poll(names, { timeout: 10_000 }).toEqual(['11']);
    await queue.getByRole('button', { name: /^Go on with .* seed 11/ }).click();
    await stack.client.waitForRun(runs[0]!.id);
    await page.getByText('Nothing waits.').waitFor();
    await page.close();
  });
});

describe('each of these pages', () => {
  // As they are without parameters, every-page looks at them.
  test.each([
    '/models/new?project=1&start=classifier',
    '/models/new?project=1&preset=phi-3.5-vision-ollama',
    '/restorations/new?project=1&preset=gfpgan-v1.4',
    '/experiments/new?project=1&models=1,2&restorations=1,2',
  ])('%s is open, light, dark and on a telephone', async (address) => {
    const page = await pages.open(address);
    expect(await faultsOf(page)).toEqual([]);
    await page.close();
  });

  test('says so, where there is nothing at its address', async () => {
    for (const address of ['/models/999', '/restorations/999', '/models/new?project=999', '/models/new']) {
      expect((await fetch(`${pages.url}${address}`)).status, address).toBe(404);
    }
  });

  test('teaches where there is nothing yet', async () => {
    const fields = '... on CreateProjectPayload { project { slug } }';
    await mutate(stack, 'createProject', { name: 'Bare' }, fields);
    for (const [section, words] of [
      ['models', 'No model yet.'],
      ['restorations', 'No restoration yet.'],
    ] as const) {
      const page = await pages.open(`/projects/local/bare/${section}`);
      await page.getByText(words).waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.close();
    }
  });
});
