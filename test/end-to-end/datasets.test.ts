import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOf } from '../setup/page-faults.ts';
import { startPages, type Pages } from '../setup/pages.ts';
import { SAMPLES, sampledCsv, sampledProject } from '../setup/sampled-project.ts';
import { startStack, type Stack } from '../setup/stack.ts';

let stack: Stack;
let pages: Pages;
let slug: string;
/** Bare number, for addresses. */
let version: string;

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  const project = await sampledProject(stack, 'Datasets');
  slug = project.slug;
  version = project.versionId.slice('DatasetVersion_'.length);
  pages = await startPages(stack);
});
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

describe('datasets', () => {
  test('lead from their list by what the audit found to the pictures', async () => {
    const page = await pages.open(`/projects/local/${slug}/datasets`);
    const row = page.getByRole('row', { name: /one/ });
    expect(await row.innerText()).toContain('60');
    await row.getByRole('link', { name: 'one', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Faces, one' }).waitFor();
    const figures = page.getByRole('list', { name: 'What the audit found' });
    expect(await figures.innerText()).toMatch(/2\s+Leaked samples/);
    const balance = page.getByRole('table', { name: 'Samples by class and split' });
    const angry = SAMPLES.filter(({ label, split }) => label === 0 && split === 'TEST').length;
    expect(await balance.getByRole('row', { name: /^angry/ }).innerText()).toMatch(new RegExp(`\\b${angry}\\b`));
    await figures.getByRole('link', { name: 'Label conflicts' }).click();
    const groups = page.getByRole('list', { name: 'Groups of duplicates' });
    await groups.getByText('angry or sad?').first().waitFor();
    await groups.getByRole('link', { name: 'sad test #50' }).click();
    await page.getByRole('heading', { level: 1, name: 'sad #50' }).waitFor();
    await page.close();
  });

  test('are imported from a file, in the frame of their project, and opened from there', async () => {
    const page = await pages.open(`/projects/local/${slug}/datasets`);
    await page.getByRole('link', { name: 'Import' }).click();
    await page.getByRole('heading', { level: 1, name: 'Import a dataset' }).waitFor();
    await page
      .getByRole('article', { name: 'Import of faces.csv' })
      .getByRole('link', { name: 'Faces, one' })
      .waitFor();

    const buffer = Buffer.from(sampledCsv(SAMPLES.slice(0, 50)));
    await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'fewer.csv', mimeType: 'text/csv', buffer });
    expect(await page.getByRole('textbox', { name: 'Dataset' }).inputValue()).toBe('fewer');
    await page.getByRole('textbox', { name: 'Dataset' }).fill('Faces');
    await page.getByRole('textbox', { name: 'Version' }).fill('two');
    await page.getByText('Hidden labels').click();
    await page
      .getByRole('group', { name: /hidden/ })
      .getByRole('checkbox', { name: 'test' })
      .check();
    await page.getByRole('button', { name: 'Upload and import' }).click();
    await page.getByRole('article', { name: 'Import of fewer.csv' }).getByRole('link', { name: 'Faces, two' }).click();
    await page.getByRole('heading', { level: 1, name: 'Faces, two' }).waitFor();
    await page.getByText('labels of test hidden').waitFor();
    await page.getByRole('list', { name: 'What the audit found' }).waitFor(); // comes by itself
    await page.close();
  });

  test('of an unknown version are said not to be there', async () => {
    for (const address of ['/datasets/999999', '/datasets/one/audit', '/samples/999999-0', `/samples/${version}-60`]) {
      const page = await pages.open(address);
      await page.getByRole('heading', { name: 'There is nothing at this address.' }).waitFor();
      await page.close();
    }
  });
});

describe('to everybody', () => {
  test.each([
    ['the list', 'Datasets of Datasets', () => `/projects/local/${slug}/datasets`],
    ['a version', 'Faces, one', () => `/datasets/${version}`],
    ['its audit', 'Audit of Faces, one', () => `/datasets/${version}/audit?show=all`],
    ['an import', 'Import a dataset', () => `/projects/local/${slug}/import`],
  ])('%s is open, light, dark and on a telephone', async (_name, title, address) => {
    const page = await pages.open(address());
    expect(await page.title()).toBe(`${title} · Samplewise`);
    expect(await faultsOf(page)).toEqual([]);
    await page.close();
  });
});
