import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEnergy } from '../src/costs/energy.ts';
import { addUp, NOTHING_SPENT, type Spending } from '../src/costs/spending.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-powercap-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A counter as the kernel shows it, in microjoules. */
async function counter(name: string, energy: number, range = 1_000_000): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, 'energy_uj'), `${energy}\n`);
  await writeFile(path.join(folder, name, 'max_energy_range_uj'), `${range}\n`);
}

describe('energy', () => {
  it('is measured by the counters of the packages, which begin again at 0, and not by those of their parts', async () => {
    await counter('intel-rapl:0', 900_000);
    await counter('intel-rapl:1', 100_000);
    await counter('intel-rapl:0:0', 50_000);
    const energy = await openEnergy(1000, folder);
    const spent = await energy.start();
    await counter('intel-rapl:0', 200_000); // 300,000 on, beyond its range
    await counter('intel-rapl:1', 600_000);
    await counter('intel-rapl:0:0', 999_999);
    expect(await spent()).toEqual({ joules: 0.8, source: 'rapl' });
  });

  it('is the declared power over the time where nothing can be measured, and unknown without it', async () => {
    const spent = await (await openEnergy(40, path.join(folder, 'none'))).start();
    await sleep(50);
    const { joules, source } = (await spent())!;
    expect(source).toBe('declared');
    expect(joules).toBeGreaterThan(40 * 0.04);
    expect(await (await (await openEnergy(undefined, path.join(folder, 'none'))).start())()).toBeUndefined();
  });

  it('of several shards is known when all know it, and in the same way', () => {
    const measured: Spending = { ...NOTHING_SPENT, energyJoules: 2, energySource: 'rapl' };
    expect(addUp([measured, measured])).toMatchObject({ energyJoules: 4, energySource: 'rapl' });
    expect(addUp([measured, NOTHING_SPENT])).toMatchObject({ energyJoules: null, energySource: null });
    const declared: Spending = { ...measured, energySource: 'declared' };
    expect(addUp([measured, declared])).toMatchObject({ energyJoules: null, energySource: null });
  });
});
