import { describe, expect, it } from 'vitest';
import { FER_LABELS, modelSpec, PRESETS } from '../src/index.ts';

describe('presets', () => {
  it('have names of their own', () => {
    expect(new Set(PRESETS.map((preset) => preset.name)).size).toBe(PRESETS.length);
  });

  it.each(PRESETS.filter((preset) => preset.kind === 'model'))(
    '$name is a model config once its files are there',
    (preset) => {
      const digests = new Map(preset.files.map((file, i) => [file.place, String(i % 10).repeat(64)]));
      expect(modelSpec.safeParse(preset.build({ labels: FER_LABELS }, digests)).error).toBeUndefined();
      expect(modelSpec.safeParse(preset.build({ labels: ['cat', 'dog'] }, digests)).error).toBeUndefined();
    },
  );

  it('come from public addresses over TLS, and give no digest that is not whole', () => {
    for (const { url, sha256 } of PRESETS.flatMap((preset) => preset.files)) {
      if (url !== null) expect(new URL(url).protocol).toBe('https:');
      if (sha256 !== null) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });
});
