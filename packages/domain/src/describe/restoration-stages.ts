import type { ClassicalStep, GfpganStep, RestorationStep } from '../restoration-config.ts';
import { short, stage, type Stage } from './stage.ts';

/** What a restoration does to a picture, step by step. */
export const restorationStages = (steps: readonly RestorationStep[]): Stage[] => steps.map(restorationStage);

function restorationStage(step: RestorationStep): Stage {
  switch (step.kind) {
    case 'onnx-super-resolution':
      return stage('Super-resolution', `a network that makes it ${step.factor} times as large; values ${step.range}`);
    case 'gfpgan':
      return stage('GFPGAN', gfpganDetail(step));
    case 'clahe':
    case 'denoise':
    case 'gamma':
    case 'normalise':
    case 'resize':
    case 'unsharp':
      return classicalStage(step);
  }
}

function gfpganDetail(step: GfpganStep): string {
  const share = step.blend === 1 ? '' : `, ${short(100 * step.blend)} % of the restored face`;
  if (step.mode === 'whole') {
    const size = step.upscale === undefined ? `${step.size} × ${step.size}` : `${step.upscale} times as large`;
    return `the picture as one face, to ${size}${share}`;
  }
  const size = step.upscale === 1 ? '' : `, ${step.upscale} times as large`;
  return `up to ${step.maxFaces} faces that are found (score from ${short(step.detector.threshold)}), pasted back${size}${share}`;
}

function classicalStage(step: ClassicalStep): Stage {
  switch (step.kind) {
    case 'denoise':
      return step.method === 'median'
        ? stage('Denoise', `median of ${step.size} × ${step.size} pixels`)
        : stage('Denoise', `Gaussian, deviation ${short(step.sigma)} pixels`);
    case 'clahe':
      return stage('CLAHE', `local contrast in ${step.width} × ${step.height}, slope at most ${step.maxSlope}`);
    case 'resize':
      return step.factor === undefined
        ? stage('Resize', `to ${step.width ?? '?'} × ${step.height ?? '?'}, ${step.kernel}`)
        : stage('Resize', `${short(step.factor)} times its size, ${step.kernel}`);
    case 'unsharp':
      return stage('Sharpen', `deviation ${short(step.sigma)}, flat ${short(step.flat)}, jagged ${short(step.jagged)}`);
    case 'gamma':
      return stage('Gamma', `${short(step.gamma)}: ${step.gamma >= 1 ? 'brighter' : 'darker'}`);
    case 'normalise':
      return stage('Stretch', `percentiles ${short(step.lower)} and ${short(step.upper)} become black and white`);
  }
}
