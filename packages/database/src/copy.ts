import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const CHUNK_BYTES = 256 * 1024;
/** Postgres counts its microseconds from 2000-01-01: milliseconds since 1970. */
export const POSTGRES_EPOCH = 946_684_800_000;
/** The only version of jsonb's binary form. */
const JSONB_VERSION = Buffer.of(1);

/** Writes one row's fields in Postgres' binary COPY format; every method appends one field. */
export class RowEncoder {
  #buffer = Buffer.allocUnsafe(CHUNK_BYTES * 2);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  begin(fields: number): void {
    this.#reserve(2);
    this.#length = this.#buffer.writeInt16BE(fields, this.#length);
  }

  null(): void {
    this.#reserve(4);
    this.#length = this.#buffer.writeInt32BE(-1, this.#length);
  }

  int2(value: number): void {
    this.#header(2);
    this.#length = this.#buffer.writeInt16BE(value, this.#length);
  }

  int4(value: number): void {
    this.#header(4);
    this.#length = this.#buffer.writeInt32BE(value, this.#length);
  }

  int8(value: bigint): void {
    this.#header(8);
    this.#length = this.#buffer.writeBigInt64BE(value, this.#length);
  }

  float4(value: number): void {
    this.#header(4);
    this.#length = this.#buffer.writeFloatBE(value, this.#length);
  }

  float8(value: number): void {
    this.#header(8);
    this.#length = this.#buffer.writeDoubleBE(value, this.#length);
  }

  bytes(value: Uint8Array): void {
    this.#header(value.byteLength);
    this.#buffer.set(value, this.#length);
    this.#length += value.byteLength;
  }

  text(value: string): void {
    this.bytes(Buffer.from(value, 'utf8'));
  }

  /** @param milliseconds since 1970 */
  timestamp(milliseconds: number): void {
    this.int8(BigInt(Math.round((milliseconds - POSTGRES_EPOCH) * 1000)));
  }

  jsonb(value: unknown): void {
    this.bytes(Buffer.concat([JSONB_VERSION, Buffer.from(JSON.stringify(value), 'utf8')]));
  }

  /** Appends a field by `write`, or nothing for null. */
  optional<T>(value: T | null | undefined, write: (value: T) => void): void {
    if (value === null || value === undefined) this.null();
    else write(value);
  }

  /** Hands over what has been written and starts anew. */
  take(): Buffer {
    const taken = Buffer.from(this.#buffer.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }

  #header(bytes: number): void {
    this.#reserve(4 + bytes);
    this.#length = this.#buffer.writeInt32BE(bytes, this.#length);
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + bytes));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}

/**
 * Sends rows by `COPY ... FROM STDIN (FORMAT binary)` on the given connection.
 * @param target table and column list, e.g. `sample (version_id, index)`
 * @param encode appends one row, beginning with `begin`
 */
export async function copyRows<T>(
  client: pg.ClientBase,
  target: string,
  rows: Iterable<T> | AsyncIterable<T>,
  encode: (encoder: RowEncoder, row: T) => void,
): Promise<void> {
  async function* chunks() {
    const encoder = new RowEncoder();
    yield SIGNATURE;
    for await (const row of rows) {
      encode(encoder, row);
      if (encoder.length >= CHUNK_BYTES) yield encoder.take();
    }
    encoder.begin(-1); // the trailer
    yield encoder.take();
  }
  await pipeline(
    Readable.from(chunks(), { objectMode: false }),
    client.query(copyFrom(`COPY ${target} FROM STDIN (FORMAT binary)`)),
  );
}
