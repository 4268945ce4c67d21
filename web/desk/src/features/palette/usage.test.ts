import { expect, test } from 'vitest';
import { Usage } from './usage';

const DAY = 24 * 3_600_000;

function used(text = '') {
  const kept = { text };
  return {
    kept,
    usage: new Usage(
      () => kept.text,
      (next) => (kept.text = next),
    ),
  };
}

test('what is used counts, and half as much two weeks later', () => {
  const { usage } = used();
  usage.add('key.done', 0);
  usage.add('key.done', 0);
  expect(usage.of('key.done', 0)).toBe(2);
  expect(usage.of('key.done', 14 * DAY)).toBe(1);
  expect(usage.of('key.take', 0)).toBe(0);
});

test('what another device kept is known here, and what makes no sense is nothing', () => {
  expect(used('{"a":{"n":3,"at":0},"b":7}').usage.of('a', 0)).toBe(3);
  expect(used('{"a":{"n":3,"at":0},"b":7}').usage.of('b', 0)).toBe(0);
  expect(used('[').usage.of('a', 0)).toBe(0);
});

test('only the most used are kept', () => {
  const { usage, kept } = used();
  usage.add('often', 0);
  for (let i = 0; i < 150; i++) usage.add(`once.${i}`, i + 1);
  usage.add('often', 200);
  expect(Object.keys(JSON.parse(kept.text) as object)).toHaveLength(100);
  expect(usage.of('often', 200)).toBeGreaterThanOrEqual(1);
});
