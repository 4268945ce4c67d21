import { expect, test } from 'vitest';
import { daysOf, rangeOf, spanOf } from './spans';

test('days that were chosen are asked for from their beginning to their end, and read back', () => {
  const range = { since: '2026-03-28', until: '2026-03-29' };
  const span = spanOf(range);
  const [from = '', until = ''] = span.split('..');
  expect(new Date(from).getTime()).toBe(new Date(2026, 2, 28).getTime());
  expect(new Date(until).getTime()).toBe(new Date(2026, 2, 30).getTime());
  expect(rangeOf(span)).toEqual(range);
});

test('one end of a range may be left out, and none is no range', () => {
  expect(rangeOf(spanOf({ since: '', until: '2026-12-31' }))).toEqual({
    since: '',
    until: '2026-12-31',
  });
  expect(spanOf({ since: '2026-01-01', until: '' }).endsWith('..')).toBe(true);
  expect(spanOf({ since: '', until: '' })).toBe('');
  expect(rangeOf('7d')).toEqual({ since: '', until: '' });
});

test('the last days are told from a range', () => {
  expect(daysOf('30d')).toBe('30');
  expect(daysOf('2026-01-01T00:00:00Z..')).toBe(null);
  expect(daysOf(undefined)).toBe(null);
});
