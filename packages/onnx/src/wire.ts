import type { ByteSource } from './byte-source.ts';

/** The bytes are no protobuf message, or no ONNX model. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** A field of a protobuf message: where its content is, which may be gigabytes that nobody reads. */
export interface Field {
  number: number;
  /** 0: a number, 1 and 5: 8 and 4 bytes, 2: `length` bytes */
  wireType: number;
  /** Where its tag begins. */
  from: number;
  start: number;
  length: number;
  /** Of wire type 0. */
  value: bigint;
}

const WINDOW = 64 * 1024;
/** The longest number: 64 bits, 7 a byte. */
const VARINT_BYTES = 10;

/** Steps through the fields of protobuf messages without reading what they hold. */
export class WireReader {
  readonly #source: ByteSource;
  #window: Uint8Array = new Uint8Array();
  #windowStart = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** The fields of the message that stands from `start` to `end`. @throws Malformed */
  async *fields(start: number, end: number): AsyncGenerator<Field, undefined> {
    let at = start;
    while (at < end) {
      const from = at;
      const tag = await this.#varint(at, end);
      at = tag.end;
      const number = Number(tag.value >> 3n);
      const wireType = Number(tag.value & 7n);
      if (number < 1) throw new Malformed(`byte ${at - 1} begins no field`);
      let length: number;
      let value = 0n;
      if (wireType === 0) {
        const found = await this.#varint(at, end);
        value = found.value;
        length = found.end - at;
      } else if (wireType === 2) {
        const found = await this.#varint(at, end);
        at = found.end;
        length = Number(found.value);
      } else if (wireType === 1 || wireType === 5) length = wireType === 1 ? 8 : 4;
      else throw new Malformed(`byte ${at - 1} begins a field of an unknown kind`);
      if (length > end - at) throw new Malformed(`it ends in the midst of a field: ${at + length} bytes are needed`);
      yield { number, wireType, from, start: at, length, value };
      at += length;
    }
  }

  /** @throws Malformed when the field holds more than `limit` bytes */
  async bytes({ start, length, number }: Field, limit: number): Promise<Uint8Array> {
    if (length > limit) throw new Malformed(`its field ${number} has ${length} bytes`);
    await this.#look(start, length);
    const from = start - this.#windowStart;
    return this.#window.slice(from, from + length);
  }

  async #varint(at: number, end: number): Promise<{ value: bigint; end: number }> {
    await this.#look(at);
    let value = 0n;
    for (let i = 0; i < VARINT_BYTES && at + i < end; i++) {
      const byte = this.#window[at + i - this.#windowStart];
      if (byte === undefined) break;
      value |= BigInt(byte & 0x7f) << BigInt(7 * i);
      if (byte < 0x80) return { value, end: at + i + 1 };
    }
    throw new Malformed(`a number at byte ${at} does not end`);
  }

  /** Has the window hold what stands at `at`. */
  async #look(at: number, length = VARINT_BYTES): Promise<void> {
    const inside = at >= this.#windowStart && at + length <= this.#windowStart + this.#window.length;
    if (inside) return;
    this.#window = await this.#source.read(at, Math.max(WINDOW, length));
    this.#windowStart = at;
  }
}
