import { z } from 'zod';

/** What an executor tells of itself; what it does not tell is not shown. */
const hardware = z.looseObject({
  cpu: z.string().optional(),
  cores: z.number().optional(),
  memoryBytes: z.number().optional(),
  threads: z.number().optional(),
});
const settings = z.looseObject({
  shardsAtOnce: z.number().optional(),
  timeoutSeconds: z.number().optional(),
  memoryBytes: z.number().optional(),
  powerWatts: z.number().optional(),
  price: z.looseObject({ perHour: z.number(), currency: z.string() }).optional(),
});
const versions = z.looseObject({
  node: z.string().optional(),
  os: z.string().optional(),
  packages: z.record(z.string(), z.string()).optional(),
});

export const readHardware = (value: unknown) => hardware.safeParse(value).data ?? {};
export const readSettings = (value: unknown) => settings.safeParse(value).data ?? {};
export const readVersions = (value: unknown) => versions.safeParse(value).data ?? {};
