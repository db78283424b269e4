import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** The kernel's interface to the counters of the processor's packages (Running Average Power Limit). */
const POWERCAP = '/sys/class/powercap';
/** Packages only: their cores and memory (`intel-rapl:0:0`) are parts of them. */
const PACKAGE = /^intel-rapl:\d+$/;

export interface Spent {
  joules: number;
  /** `rapl`: measured, of the whole machine. `declared`: a given power over the time. */
  source: 'rapl' | 'declared';
}

/** What work takes of energy, where that is known. */
export interface Energy {
  /** @returns a function that tells what was spent since */
  start(): Promise<() => Promise<Spent | undefined>>;
}

interface Counter {
  file: string;
  /** Where it begins again at 0, in microjoules. */
  range: number;
}

/**
 * Measures by RAPL where its counters can be read (since Linux 5.10 by root alone, CVE-2020-8694), else takes the given
 * power for the time; without either nothing is known.
 * @param folder of the counters, for tests
 */
export async function openEnergy(powerWatts: number | undefined, folder = POWERCAP): Promise<Energy> {
  const counters = await findCounters(folder);
  if (counters.length > 0) return measured(counters);
  return {
    start() {
      const began = performance.now();
      return Promise.resolve(() => {
        const seconds = (performance.now() - began) / 1000;
        return Promise.resolve(
          powerWatts === undefined ? undefined : { joules: powerWatts * seconds, source: 'declared' },
        );
      });
    },
  };
}

function measured(counters: readonly Counter[]): Energy {
  return {
    async start() {
      const before = await read(counters);
      return async () => {
        const after = await read(counters);
        const microjoules = counters.map(({ range }, i) => {
          const difference = after[i]! - before[i]!;
          return difference < 0 ? difference + range : difference;
        });
        return { joules: microjoules.reduce((sum, part) => sum + part, 0) / 1e6, source: 'rapl' };
      };
    },
  };
}

const read = (counters: readonly Counter[]): Promise<number[]> => Promise.all(counters.map(({ file }) => number(file)));
const number = async (file: string): Promise<number> => Number(await readFile(file, 'utf8'));

async function findCounters(folder: string): Promise<Counter[]> {
  try {
    const packages = (await readdir(folder)).filter((name) => PACKAGE.test(name));
    return await Promise.all(
      packages.map(async (name) => {
        const file = path.join(folder, name, 'energy_uj');
        await number(file);
        return { file, range: await number(path.join(folder, name, 'max_energy_range_uj')) };
      }),
    );
  } catch {
    return []; // another system, a virtual machine, or no right to read
  }
}
