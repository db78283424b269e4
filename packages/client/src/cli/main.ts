#!/usr/bin/env node
import { buildProgram } from './program.ts';
import { noteError } from './terminal.ts';

try {
  await buildProgram().parseAsync();
} catch (error) {
  noteError(error);
  process.exitCode = 1;
}
