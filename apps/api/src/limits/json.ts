import type { GraphQLError } from 'graphql';
import { LIMITS } from './limits.ts';
import { beyond } from './refusal.ts';

const code = (character: string): number => character.charCodeAt(0);
const QUOTE = code('"');
const BACKSLASH = code('\\');
const COMMA = code(',');
const OPEN_LIST = code('[');
const CLOSE_LIST = code(']');
const OPEN_OBJECT = code('{');
const CLOSE_OBJECT = code('}');

/** A request's own object, and its `variables` or `extensions`. */
const ENVELOPE = 2;

/** Looks over JSON before it is parsed: millions of brackets take seconds and gigabytes to become objects. */
export function flawOfJson(bytes: Buffer): GraphQLError | undefined {
  let nesting = 0;
  let values = 1;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) {
      i = endOfString(bytes, i);
    } else if (byte === COMMA) {
      values++;
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      values++;
      if (++nesting > LIMITS.nesting + ENVELOPE) return beyond('nesting');
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
      nesting--;
    }
  }
  return values > LIMITS.values ? beyond('values', values) : undefined;
}

/** @returns the place of the quote that ends the string, or the end */
function endOfString(bytes: Buffer, start: number): number {
  for (let quote = bytes.indexOf(QUOTE, start + 1); quote !== -1; quote = bytes.indexOf(QUOTE, quote + 1)) {
    let slashes = 0;
    while (bytes[quote - 1 - slashes] === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return quote;
  }
  return bytes.length;
}
