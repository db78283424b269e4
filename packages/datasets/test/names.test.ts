import { describe, expect, it } from 'vitest';
import { isClutter, safePath } from '../src/archive/paths.ts';
import { naturalOrder } from '../src/archive/natural-order.ts';
import { detectFormat } from '../src/index.ts';

describe('natural order', () => {
  it('counts as people do', () => {
    const names = ['a10', 'a2', 'a', 'b1', 'a02', 'B1', 'a99999999999999999999', 'a100000000000000000000'];
    expect(names.sort(naturalOrder)).toEqual([
      'B1',
      'a',
      'a02',
      'a2',
      'a10',
      'a99999999999999999999',
      'a100000000000000000000',
      'b1',
    ]);
  });
});

describe('a path in an archive', () => {
  it.each([
    ['./a//b/./c.png', 'a/b/c.png'],
    ['a\\b.png', 'a/b.png'],
    ['u\u0308ber/1.png', '\u00fcber/1.png'],
    ['..a/b..png', '..a/b..png'],
  ])('%j is %j', (path, plain) => expect(safePath(path)).toBe(plain));

  it.each(['/a', '\\\\server\\a', 'c:a', 'a/../../b', '..', '', './', 'a\0b', 'a\nb'])('%j is unsafe', (path) =>
    expect(safePath(path)).toBeUndefined(),
  );

  it.each(['.DS_Store', 'a/.git/b.png', '__MACOSX/a/b.png', 'a/Thumbs.db', 'README.md', 'a/LICENSE'])(
    '%s is clutter',
    (path) => expect(isClutter(path)).toBe(true),
  );
});

describe('the format of a file', () => {
  it.each([
    ['fer2013.csv', [], 'fer-csv'],
    ['icml_face_data.CSV.gz', [], 'fer-csv'],
    ['faces.zip', ['a/1.png'], 'image-folder'],
    ['faces.tar.gz', ['a/1.png', 'labels.csv'], 'image-manifest'],
    ['faces.rar', [], undefined],
  ])('%s with %j is %s', (name, paths, format) => expect(detectFormat(name, paths)).toBe(format));
});
