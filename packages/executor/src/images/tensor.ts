import type { InputSpec } from '@samplewise/domain';
import type { Pixels } from './decode.ts';
import { resize, through } from './resize.ts';

/** Channels of the model's input. */
export const channelsOf = (spec: InputSpec): 1 | 3 => (spec.colour === 'GRAY' ? 1 : 3);

/** Numbers of one image in the input tensor. */
export const sizeOf = (spec: InputSpec): number => channelsOf(spec) * spec.width * spec.height;

/**
 * Writes one image into a batch's tensor: to the model's size and colour order, then
 * `(value / scale - mean) / std` with value in 0..255.
 * @param into the batch, float32, NCHW or NHWC as the spec says
 * @param position of the image in the batch
 */
export async function writeTensor(
  pixels: Pixels,
  spec: InputSpec,
  into: Float32Array,
  position: number,
): Promise<void> {
  const { data, channels } = await fit(pixels, spec);
  const wanted = channelsOf(spec);
  const tables = tablesOf(spec);
  const area = spec.width * spec.height;
  const start = position * wanted * area;
  const step = spec.layout === 'NCHW' ? 1 : wanted;
  for (let c = 0; c < wanted; c++) {
    // BGR reads the channels backwards; a grey picture is repeated.
    const source = channels === 1 ? 0 : spec.colour === 'BGR' ? 2 - c : c;
    const table = tables[c]!;
    let at = start + (spec.layout === 'NCHW' ? c * area : c);
    for (let i = source; i < area * channels; i += channels, at += step) into[at] = table[data[i]!]!;
  }
}

const known = new WeakMap<InputSpec, Float32Array[]>();

/** The tables of a spec's channels, made once. */
function tablesOf(spec: InputSpec): Float32Array[] {
  const tables = known.get(spec) ?? Array.from({ length: channelsOf(spec) }, (_, c) => normalisation(spec, c));
  known.set(spec, tables);
  return tables;
}

/** The 256 values that a channel can take, so that pixels are looked up instead of computed. */
function normalisation(spec: InputSpec, channel: number): Float32Array {
  const mean = spec.mean[channel] ?? spec.mean[0]!;
  const std = spec.std[channel] ?? spec.std[0]!;
  return Float32Array.from({ length: 256 }, (_, value) => (value / spec.scale - mean) / std);
}

/** To the model's width and height, and to one channel where it wants one. The same object when nothing is to do. */
async function fit(pixels: Pixels, spec: InputSpec): Promise<Pixels> {
  const wanted = spec.colour === 'GRAY' ? toGrey(pixels) : pixels;
  const { scaled, cut } = placement(wanted, spec);
  if (!cut) return resize(wanted, scaled, spec.resize);
  return through(wanted, (picture) =>
    picture
      .resize(scaled.width, scaled.height, { fit: 'fill', kernel: spec.resize })
      .extract({ ...cut, width: spec.width, height: spec.height }),
  );
}

/**
 * To which size a picture is brought, and where the model's part of it begins. With `shortSide` as torchvision does: the
 * longer side is rounded down, the middle to the nearest (ties to even, as Python rounds).
 */
function placement({ width, height }: Pixels, spec: InputSpec) {
  const { shortSide } = spec;
  if (shortSide === undefined) return { scaled: { width: spec.width, height: spec.height }, cut: undefined };
  const short = Math.min(width, height);
  const longer = (side: number): number => (side === short ? shortSide : Math.floor((shortSide * side) / short));
  const scaled = { width: longer(width), height: longer(height) };
  const cut = {
    left: roundToEven((scaled.width - spec.width) / 2),
    top: roundToEven((scaled.height - spec.height) / 2),
  };
  return { scaled, cut };
}

const roundToEven = (value: number): number => {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
};

/**
 * Luma of ITU-R BT.601 in PIL's fixed-point arithmetic, which is what models of grey images were trained on. (libvips
 * would weigh linear light, and give other greys.)
 */
export function toGrey(pixels: Pixels): Pixels {
  if (pixels.channels === 1) return pixels;
  const { data, width, height } = pixels;
  const grey = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    grey[i] = (data[at]! * 19_595 + data[at + 1]! * 38_470 + data[at + 2]! * 7471 + 32_768) >> 16;
  }
  return { data: grey, width, height, channels: 1 };
}
