import { previewPicture } from '../apps/api/src/leaderboards/preview-picture.ts';
import { writeFile } from 'node:fs/promises';
import { snapshot } from '../packages/reports/test/support/board.ts';
const t = Date.now();
await writeFile('/tmp/og.png', await previewPicture(snapshot()));
console.log(Date.now() - t);
