import { expect, test } from 'vitest';
import { lookOf, placeOf, placesOf } from '../src/charts/palette.ts';

test('models that are registered one after the other have different looks, and keep them', () => {
  const looks = Array.from({ length: 24 }, (_, i) => JSON.stringify(lookOf(placeOf(`ModelConfig_${i + 1}`), 'light')));
  expect(new Set(looks).size).toBe(24);
  expect(placeOf('ModelConfig_25')).toBe(placeOf('ModelConfig_1'));
  expect(placeOf('ModelConfig_900000000000000001')).toBe(0);
});

test('lines of one model have its colour, and differ by their dashes', () => {
  const [first, other, second] = placesOf(['ModelConfig_3', 'ModelConfig_4', 'ModelConfig_3']).map((place) =>
    lookOf(place, 'dark'),
  );
  expect(second!.color).toBe(first!.color);
  expect(second!.type).not.toBe(first!.type);
  expect(other!.color).not.toBe(first!.color);
});
