import { imagesAtATime } from '../images/at-a-time.ts';
import type { Pixels } from '../images/decode.ts';
import { writePng } from '../images/png.ts';
import { restorationQuality } from '../restoration/quality.ts';
import type { Restored } from '../restoration/restorer.ts';
import type { PhaseClock } from './phase-clock.ts';
import { bytesOf, type RestoredImage } from './protocol.ts';

/** What a step made of a picture. */
export interface MadePicture {
  /** Position in the request's images. */
  image: number;
  step: number;
  before: Pixels;
  restored: Restored;
}

/** Bytes of pictures that wait to be encoded, sent or stored; above it the restoration waits. */
const HELD_BYTES = 128 * 1024 * 1024;
const SENT_BYTES = 8 * 1024 * 1024;

/** Restored pictures on their way out of the process: measured and encoded while the work goes on, sent in parts. */
export class RestoredPictures {
  readonly #send: (images: RestoredImage[]) => void;
  readonly #clock: PhaseClock;
  #held = 0;
  #encoding = 0;
  #ready: RestoredImage[] = [];
  #failure: { error: unknown } | undefined;
  #waiting: (() => void)[] = [];

  constructor(clock: PhaseClock, send: (images: RestoredImage[]) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** Takes what was made of some images, all steps of each. */
  add(made: readonly MadePicture[]): void {
    if (made.length === 0) return;
    const pixels = made.reduce(
      (sum, { before, restored }) => sum + before.data.length + restored.pixels.data.length,
      0,
    );
    this.#held += pixels;
    this.#encoding++;
    this.#clock
      .measure('PREPROCESSING', () => Promise.all(made.map((picture) => imagesAtATime(() => encode(picture)))))
      .then(
        (images) => {
          this.#ready.push(...images);
          this.#held += bytesOf(images);
        },
        (error: unknown) => (this.#failure = { error }),
      )
      .finally(() => {
        this.#held -= pixels;
        this.#encoding--;
        if (bytesOf(this.#ready) >= SENT_BYTES) this.#sendReady();
        this.#wake();
      });
  }

  /** Waits until so much is gone that more may be made. */
  room(): Promise<void> {
    return this.#until(() => this.#held < HELD_BYTES);
  }

  /** Waits until all is encoded, and sends the rest. */
  async end(): Promise<void> {
    await this.#until(() => this.#encoding === 0);
    this.#sendReady();
  }

  /** The executor holds so many bytes no more. */
  stored(bytes: number): void {
    this.#held -= bytes;
    this.#wake();
  }

  async #until(fulfilled: () => boolean): Promise<void> {
    for (;;) {
      if (this.#failure) throw this.#failure.error;
      if (fulfilled()) return;
      this.#sendReady();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #sendReady(): void {
    if (this.#ready.length === 0) return;
    this.#send(this.#ready);
    this.#ready = [];
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

async function encode({ image, step, before, restored }: MadePicture): Promise<RestoredImage> {
  const quality = restorationQuality(before, restored.pixels);
  return { image, step, png: await writePng(restored.pixels), quality, faces: restored.faces ?? null };
}
