import type { CustomerPromise } from '@gestand/sdk';
import { expect, test } from 'vitest';
import { clock } from '../../app/time.svelte';
import { flagOf, inOrder, whenOf } from './promises';

const promise = (id: string, is_owed: boolean, at: string) =>
  ({ id, is_owed, due_at: at, settled_at: is_owed ? null : at }) as CustomerPromise;

test('what is owed comes first by its moment, what was settled last', () => {
  const all = [
    promise('kept early', false, '2027-01-01'),
    promise('late', true, '2027-03-01'),
    promise('kept later', false, '2027-02-01'),
    promise('soon', true, '2027-02-01'),
  ];
  expect(inOrder(all).map(({ id }) => id)).toEqual(['soon', 'late', 'kept later', 'kept early']);
});

test('each state has its flag, and what is at risk another one', () => {
  expect(flagOf({ state: 'open', is_at_risk: false })).toBe('made');
  expect(flagOf({ state: 'open', is_at_risk: true })).toBe('risk');
  expect(flagOf({ state: 'broken', is_at_risk: true })).toBe('broken');
  expect(flagOf({ state: 'withdrawn', is_at_risk: false })).toBe('moved');
});

test('a window within a day names the day once', () => {
  clock.zone = 'UTC';
  clock.now = Date.parse('2026-12-01T10:00:00Z');
  const starts_at = '2026-12-02T08:00:00Z';
  const within = whenOf({ starts_at, due_at: '2026-12-02T12:00:00Z' });
  expect(within).toMatch(/^\S+ 08:00 – 12:00$/);
  const over = whenOf({ starts_at, due_at: '2026-12-03T12:00:00Z' });
  expect(over).toMatch(/^\S+ 08:00 – \S+ 12:00$/);
});
