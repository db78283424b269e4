import { boxFile } from '@samplewise/demo';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { HOSTILE_PROSE } from './hostile.ts';

/** Files of every kind that has a preview, in a folder that is gone after `use`. */
export async function withArtifactFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-artifacts-'));
  try {
    await mkdir(path.join(folder, 'checkpoints/epoch-20'), { recursive: true });
    await mkdir(path.join(folder, 'figures'));
    await copyFile(boxFile('models/vgg-mini.onnx'), path.join(folder, 'checkpoints/epoch-20/model.onnx'));
    await copyFile(boxFile('synthetic-faces/clean/happy/000.png'), path.join(folder, 'figures/worst-sample.png'));
    const text = (name: string, content: string): Promise<void> => writeFile(path.join(folder, name), content);
    await text('README.md', HOSTILE_PROSE);
    await text('config.json', JSON.stringify({ model: 'resnet-50', optimizer: { name: 'adamw', lr: 3e-4 } }, null, 2));
    const epochs = Array.from({ length: 300 }, (_, epoch) => `${epoch},${(2 * Math.exp(-epoch / 60)).toFixed(4)}`);
    await text('metrics.csv', ['epoch,loss', ...epochs, ''].join('\n'));
    await text('<b>bold<b> نص 🧪 with blanks.txt', 'A file whose name is not easy to show.\n');
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
