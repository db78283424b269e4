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
    await groups.getByRole('link', { name: /Sample 50, sad, test/ }).click();
    await page.getByRole('heading', { level: 1, name: 'sad #50' }).waitFor();
    await page.close();
  });

  test('are imported within the frame of their project', async () => {
    const page = await pages.open(`/projects/local/${slug}/datasets`);
    await page.getByRole('link', { name: 'Import' }).click();
    await page.getByRole('heading', { level: 1, name: 'Import a dataset' }).waitFor();
    await page
      .getByRole('article', { name: 'Import of faces.csv' })
      .getByRole('link', { name: 'Faces, one' })
      .waitFor();
    await page.close();
  });
});

