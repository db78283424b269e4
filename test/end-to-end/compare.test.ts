import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violationsOf } from '../setup/axe.ts';
import { startDemoStack } from '../setup/demo-stack.ts';
import { overflowOf, startPages, type Pages } from '../setup/pages.ts';
import type { Stack } from '../setup/stack.ts';

let stack: Stack;
let pages: Pages;
/** Bare ids of the runs of the experiment, two of each model: without and with restoration. */
let runs: string[];
let names: string[];
/** A run on other samples. */
let elsewhere: string;

beforeAll(async () => {
  const made = await startDemoStack();
  stack = made.stack;
  const { experiments } = made.demo;
  const restores = (of: (typeof experiments)[number]): boolean =>
    of.runs.some((run) => run.restorationConfig.name !== 'none');
  const compared = experiments.find(restores)!.runs;
  const other = experiments.find((of) => !restores(of))!.runs[0]!;
  runs = compared.map(({ id }) => id.slice('Run_'.length));
  names = compared.map((run) => `${run.modelConfig.name} · ${run.restorationConfig.name}`);
  elsewhere = other.id.slice('Run_'.length);
  pages = await startPages(stack);
});
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

describe('which runs are compared', () => {
  test('begins with one, to which others on the same samples are added by search, and no others can be', async () => {
    const page = await pages.open(`/runs/${runs[0]!}`);
    await page.getByRole('link', { name: 'Compare with …' }).click();
    await page.getByText('Which run should stand beside it?').waitFor();
    const add = page.getByRole('combobox', { name: 'Add a run' });
    await add.click();
    const other = page.getByRole('option', { name: new RegExp(`#${elsewhere} ·`) });
    await other.waitFor();
    expect(await other.getAttribute('data-combobox-disabled')).toBe('true');
    await add.fill(names[1]!.split(' · ')[0]!);
    await page.getByRole('option', { name: new RegExp(`#${runs[1]!} ·`) }).click();
    await page.getByRole('heading', { level: 1, name: '2 runs on the same samples' }).waitFor();
    expect(page.url()).toContain(`/compare?runs=${runs[0]!},${runs[1]!}`);
    await page.close();
  });

  test('is changed by keys alone: another reference, and one taken out', async () => {
    const page = await pages.open(`/compare?runs=${runs.slice(0, 3).join(',')}`);
    const chosen = page.getByRole('region', { name: 'Runs that are compared' });
    await chosen.getByRole('button', { name: new RegExp(`#${runs[1]!} is the reference`) }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**reference=${runs[1]!}**`);
    await chosen.getByRole('button', { name: new RegExp(`^Take .*#${runs[1]!} out`) }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '2 runs on the same samples' }).waitFor();
    expect(page.url()).toContain(`/compare?runs=${runs[0]!},${runs[2]!}`);
    await page.close();
  });
});

test('runs that can’t be compared are told one by one, with a way to compare the rest', async () => {
  const page = await pages.open(`/compare?runs=${runs[0]!},${runs[1]!},${elsewhere},999999`);
  await page.getByRole('heading', { level: 1, name: 'These runs can’t be compared' }).waitFor();
  const told = await page.getByRole('region', { name: 'What stands in the way' }).getByRole('listitem').allInnerTexts();
  expect(told).toHaveLength(2);
  expect(told[0]).toMatch(new RegExp(`#${elsewhere} is about other samples`));
  expect(told[1]).toContain('#999999 is not there');
  await page.getByRole('link', { name: 'Compare the other 2' }).click();
  await page.getByRole('heading', { level: 1, name: '2 runs on the same samples' }).waitFor();
  await page.close();
});

describe('a comparison', () => {
  test('answers its question, and says of which metric a test is', async () => {
    const page = await pages.open(`/compare?runs=${runs.slice(0, 4).join(',')}`);
    await page.getByText(/McNemar’s mid-p, corrected by Holm/).waitFor();
    await page.getByRole('combobox', { name: 'Metric' }).selectOption('macroF1');
    await page.waitForURL('**metric=macroF1');
    await page.getByText('The test and its verdict are about accuracy.').waitFor();
    const table = page.getByRole('table', { name: 'Runs beside the reference' });
    expect(await table.getByRole('row').count()).toBe(5);
    const forest = page.getByRole('figure', { name: /^Macro F1, difference/ });
    await forest.locator('div > svg').waitFor();
    await forest.getByText('In figures').click();
    const told = await forest.getByRole('row').nth(1).innerText();
    // The drawing and the table have the same figures.
    const difference = /[+−±]\d+\.\d\d/.exec(told)![0];
    expect(await table.innerText()).toContain(difference);
    await page.close();
  });

  test('tells what differs in how the runs were made, and what they cost for what they are worth', async () => {
    const page = await pages.open(`/compare?runs=${runs.slice(0, 4).join(',')}`);
    const settings = page.getByRole('table', { name: 'Settings that differ' });
    expect(await settings.innerText()).toContain('onnx-super-resolution');
    expect(await settings.innerText()).not.toContain('seed');
    const cost = page.getByRole('figure', { name: 'Accuracy over cost' });
    await cost.getByText('In figures').click();
    await cost.getByRole('row').nth(4).waitFor();
    expect(await cost.innerText()).toContain('yes');
    await cost.getByRole('combobox', { name: 'Cost' }).selectOption('memory');
    await cost
      .getByText(/\d MiB/)
      .first()
      .waitFor();
    expect(page.url()).toContain('cost=memory');
    await page.close();
  });

  test('shows in which class and cell two differ, and leads from there to the samples of the run', async () => {
    const page = await pages.open(`/compare?runs=${runs[0]!},${runs[1]!}`);
    const classes = page.getByRole('table', { name: 'Differences by class' });
    expect(await classes.getByRole('row').count()).toBe(8);
    expect(await classes.innerText()).toMatch(/no difference shown|better|worse/);
    const grid = page.getByRole('grid', { name: 'Difference of the confusion matrices' });
    await grid.getByRole('link').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/runs/${runs[1]!}/samples?truth=angry&predicted=angry`);
    await page.close();
  });

  test('draws scores over each other and lets each two be compared from the matrix of agreement', async () => {
    const page = await pages.open(`/compare?runs=${runs.slice(0, 3).join(',')}`);
    const scores = page.getByRole('region', { name: 'Curves of the scores' });
    await scores
      .getByRole('figure', { name: 'ROC of angry' })
      .locator('div > svg path')
      .first()
      .waitFor({ state: 'attached' });
    await scores.getByRole('combobox', { name: 'Class' }).selectOption('fear');
    await scores.getByRole('figure', { name: 'ROC of fear' }).waitFor();
    const agreement = page.getByRole('region', { name: 'Agreement' });
    await agreement.getByText('p, corrected').click();
    await agreement.getByText('corrected by Holm for all pairs').waitFor();
    await agreement.getByRole('link').first().click();
    await page.getByRole('heading', { level: 1, name: '2 runs on the same samples' }).waitFor();
    await page.close();
  });

  test.each(['light', 'dark'] as const)('has no accessibility violation in the %s scheme', async (scheme) => {
    const addresses = [
      `/compare?runs=${runs.slice(0, 4).join(',')}`,
      `/compare?runs=${runs[0]!}`,
      `/compare?runs=${runs[0]!},999999`,
      '/compare',
    ];
    for (const address of addresses) {
      const page = await pages.open(address, { scheme });
      await page.waitForFunction(`!document.querySelector('.frame-page .mantine-Skeleton-root')`);
      expect([address, await violationsOf(page)]).toEqual([address, []]);
      await page.close();
    }
  });

  test('does not scroll sideways at 390 px', async () => {
    const page = await pages.open(`/compare?runs=${runs.slice(0, 4).join(',')}`, { width: 390 });
    expect(await overflowOf(page)).toBe(0);
    await page.close();
  });
});
