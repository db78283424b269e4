import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const service = z.object({
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  healthcheck: z.object({ test: z.tuple([z.literal('CMD')], z.string()) }).optional(),
});

export interface Service {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Of its health check; undefined: it has none. */
  readonly health: readonly string[] | undefined;
}

/**
 * The services of a Compose file, its variables filled in as Compose does: `${A}`, `${A:-default}`,
 * `${A:+instead}`, `${A:?message}`.
 * @param translate what stands for the names and ports of Compose's network on this machine
 */
export function readCompose(
  file: string,
  variables: Readonly<Record<string, string>>,
  translate: (text: string) => string,
): Record<string, Service> {
  const filled = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !line.trim().startsWith('#'))
    .join('\n')
    .replaceAll(/\$\{(\w+)(?::([-+?])([^}]*))?\}/g, (_all, name: string, operator?: string, text?: string) => {
      const value = variables[name];
      const isSet = value !== undefined && value !== '';
      if (operator === '+') return isSet ? (text ?? '') : '';
      if (isSet) return value;
      if (operator === '-') return text ?? '';
      throw new Error(`${name} is not set: ${text ?? ''}`);
    });
  const { services } = z.object({ services: z.record(z.string(), service) }).parse(parse(filled, { merge: true }));
  return Object.fromEntries(
    Object.entries(services).map(([name, { command = [], environment, healthcheck }]) => [
      name,
      {
        command: command.map(translate),
        environment: Object.fromEntries(Object.entries(environment).map(([key, text]) => [key, translate(text)])),
        health: healthcheck?.test.slice(1).map(translate),
      },
    ]),
  );
}
