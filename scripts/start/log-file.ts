import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import path from 'node:path';

const LARGEST_BYTES = 10 * 1024 * 1024;
const LINES_KEPT = 20;

/** A part's log: bounded on the disk (one older file beside it), its last lines at hand. */
export class LogFile {
  readonly path: string;
  readonly #last: string[] = [];
  #stream: WriteStream;
  #bytes: number;

  constructor(folder: string, name: string) {
    mkdirSync(folder, { recursive: true });
    this.path = path.join(folder, `${name}.log`);
    this.#bytes = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
    this.#stream = this.#open();
  }

  write(line: string): void {
    this.#last.push(line);
    if (this.#last.length > LINES_KEPT) this.#last.shift();
    this.#bytes += Buffer.byteLength(line) + 1;
    if (this.#bytes > LARGEST_BYTES) this.#rotate();
    this.#stream.write(`${line}\n`);
  }

  /** The last lines, oldest first. */
  tail(): string[] {
    return [...this.#last];
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stream.destroyed) resolve();
      else this.#stream.end(resolve);
    });
  }

  #rotate(): void {
    this.#stream.end();
    renameSync(this.path, `${this.path}.1`);
    this.#bytes = 0;
    this.#stream = this.#open();
  }

  #open(): WriteStream {
    const stream = createWriteStream(this.path, { flags: 'a', mode: 0o600 });
    // A full disk must not end the supervisor, which tells people about it and stops things in order.
    stream.on('error', (error) => console.error(`${this.path} can't be written: ${error.message}`));
    return stream;
  }
}
