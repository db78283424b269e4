import type { FieldOfConfig } from '@/forms/fields';
import type { Draft } from '@/forms/paths';
import { MISSING } from '@/models/files-of-draft';

/** A kind of step, as it is added. */
export interface StepKind {
  title: string;
  about: string;
  draft: Draft;
  fields: readonly FieldOfConfig[];
  /** Files that it needs: where in the step each is named, and what it is. */
  files: readonly { place: string; name: string }[];
  /** Whether a step is one of this kind. */
  is: (step: Draft) => boolean;
}

const KERNELS = ['nearest', 'linear', 'cubic', 'mitchell', 'lanczos2', 'lanczos3'];
const kindIs = (kind: string, key?: string, value?: string) => (step: Draft) =>
  step.kind === kind && (key === undefined || step[key] === value);

const GFPGAN_FIELDS: readonly FieldOfConfig[] = [
  { path: 'blend', label: 'Share of the restored face', hint: '0 to 1', kind: 'number', usual: '1' },
  { path: 'upscale', label: 'Times larger', kind: 'number' },
  { path: 'size', label: "Network's side", kind: 'number', usual: '512' },
  { path: 'input', label: 'Input', kind: 'text', usual: 'input' },
  { path: 'output', label: 'Output', kind: 'text', usual: 'output' },
];

/** In the order in which they are offered. */
export const STEP_KINDS: Readonly<Record<string, StepKind>> = {
  'gfpgan-whole': {
    title: 'GFPGAN, the whole picture',
    about: 'For pictures that are nothing but a face, such as those of FER-2013.',
    draft: { kind: 'gfpgan', mode: 'whole', weights: { digest: MISSING } },
    files: [{ place: 'weights', name: 'GFPGAN, ONNX' }],
    fields: GFPGAN_FIELDS,
    is: kindIs('gfpgan', 'mode', 'whole'),
  },
  'gfpgan-faces': {
    title: 'GFPGAN, the faces in it',
    about: 'Faces are found, restored and pasted back.',
    draft: {
      kind: 'gfpgan',
      mode: 'faces',
      weights: { digest: MISSING },
      detector: { kind: 'ultraface', weights: { digest: MISSING } },
    },
    files: [
      { place: 'weights', name: 'GFPGAN, ONNX' },
      { place: 'detector.weights', name: 'UltraFace, ONNX' },
    ],
    fields: [
      ...GFPGAN_FIELDS,
      { path: 'maxFaces', label: 'Faces at most', kind: 'number', usual: '16' },
      { path: 'detector.threshold', label: 'Lowest score of a face', kind: 'number', usual: '0.7' },
    ],
    is: kindIs('gfpgan', 'mode', 'faces'),
  },
  'super-resolution': {
    title: 'Super-resolution',
    about: 'A network that makes the picture larger.',
    draft: { kind: 'onnx-super-resolution', weights: { digest: MISSING }, factor: 2, range: '0..1' },
    files: [{ place: 'weights', name: 'Network, ONNX' }],
    fields: [
      { path: 'factor', label: 'Times larger', kind: 'number', required: true },
      { path: 'range', label: 'Range of its values', kind: 'choice', choices: ['-1..1', '0..1', '0..255'] },
      { path: 'batch', label: 'Pictures a call', kind: 'number', usual: '32' },
    ],
    is: kindIs('onnx-super-resolution'),
  },
  'denoise-median': {
    title: 'Denoise, median',
    about: 'Takes out single pixels; edges stay.',
    draft: { kind: 'denoise', method: 'median' },
    files: [],
    fields: [{ path: 'size', label: 'Window', hint: 'Pixels, odd', kind: 'number', usual: '3' }],
    is: kindIs('denoise', 'method', 'median'),
  },
  'denoise-gaussian': {
    title: 'Denoise, Gaussian',
    about: 'Softens everything alike.',
    draft: { kind: 'denoise', method: 'gaussian' },
    files: [],
    fields: [{ path: 'sigma', label: 'Deviation', hint: 'Pixels', kind: 'number', usual: '1' }],
    is: kindIs('denoise', 'method', 'gaussian'),
  },
  unsharp: {
    title: 'Sharpen',
    about: 'Unsharp masking.',
    draft: { kind: 'unsharp' },
    files: [],
    fields: [
      { path: 'sigma', label: 'Deviation', hint: 'Pixels', kind: 'number', usual: '1' },
      { path: 'flat', label: 'Where it is flat', kind: 'number', usual: '1' },
      { path: 'jagged', label: 'Where it is jagged', kind: 'number', usual: '2' },
    ],
    is: kindIs('unsharp'),
  },
  clahe: {
    title: 'Local contrast',
    about: 'CLAHE: each region is brought to its own contrast.',
    draft: { kind: 'clahe', width: 8, height: 8 },
    files: [],
    fields: [
      { path: 'width', label: 'Window, width', hint: 'Pixels', kind: 'number', required: true },
      { path: 'height', label: 'Window, height', hint: 'Pixels', kind: 'number', required: true },
      { path: 'maxSlope', label: 'Limit of brightening', hint: '0: none', kind: 'number', usual: '3' },
    ],
    is: kindIs('clahe'),
  },
  resize: {
    title: 'Resize',
    about: 'To a size, or to so many times its own.',
    draft: { kind: 'resize', factor: 2 },
    files: [],
    fields: [
      { path: 'factor', label: 'Times its size', kind: 'number' },
      { path: 'width', label: 'or width', kind: 'number' },
      { path: 'height', label: 'and height', kind: 'number' },
      { path: 'kernel', label: 'Kernel', kind: 'choice', choices: KERNELS, usual: 'cubic' },
    ],
    is: kindIs('resize'),
  },
  gamma: {
    title: 'Gamma',
    about: 'Above 1 brighter, below darker.',
    draft: { kind: 'gamma', gamma: 1.2 },
    files: [],
    fields: [{ path: 'gamma', label: 'Gamma', kind: 'number', required: true }],
    is: kindIs('gamma'),
  },
  normalise: {
    title: 'Stretch the contrast',
    about: 'Two percentiles become black and white.',
    draft: { kind: 'normalise' },
    files: [],
    fields: [
      { path: 'lower', label: 'Black', hint: 'Percentile', kind: 'number', usual: '1' },
      { path: 'upper', label: 'White', hint: 'Percentile', kind: 'number', usual: '99' },
    ],
    is: kindIs('normalise'),
  },
};

/** What is known of a step; undefined for one of a kind that this page does not know. */
export const kindOfStep = (step: Draft): StepKind | undefined => Object.values(STEP_KINDS).find(({ is }) => is(step));
