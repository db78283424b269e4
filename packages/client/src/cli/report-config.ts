import type { CreatedConfig } from '../configs.ts';
import { note, print } from './terminal.ts';

export function reportConfig({ created, config: { id, name, version, digest } }: CreatedConfig): void {
  if (!created) note('This very config is there already.');
  print(`${id}  ${name}@${version}  ${digest.slice(0, 12)}`);
}
