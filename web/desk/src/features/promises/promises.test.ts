import type { CustomerPromise } from '@gestand/sdk';
import { expect, test } from 'vitest';
import { flagOf, inOrder } from './promises';

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
