import { beforeEach, expect, test, vi } from 'vitest';

vi.hoisted(() => vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} }));

import { clock, wallOf, whenShown } from '../../app/time.svelte';
import { choicesAt } from './snooze';

beforeEach(() => (clock.zone = 'Europe/Amsterdam'));

function choices(wall: string) {
  const now = whenShown(wall).getTime();
  return choicesAt(now).map(({ id, at }) => `${id} ${wallOf(at)}`);
}

test('what is at hand depends on the hour and the day there', () => {
  // A Wednesday.
  expect(choices('2026-12-02T09:30')).toEqual([
    'afternoon 2026-12-02T13:00',
    'tomorrow 2026-12-03T09:00',
    'week 2026-12-07T09:00',
  ]);
  expect(choices('2026-12-02T14:10')[0]).toBe('later 2026-12-02T16:30');
  expect(choices('2026-12-02T17:00')[0]).toBe('tomorrow 2026-12-03T09:00');
  // On a Monday next week is a week away, on a Sunday it is tomorrow.
  expect(choices('2026-12-07T17:00')[1]).toBe('week 2026-12-14T09:00');
  expect(choices('2026-12-06T17:00')).toEqual(['tomorrow 2026-12-07T09:00']);
});

test('a moment is one of the clock there, on both sides of its change', () => {
  for (const wall of ['2026-03-28T09:00', '2026-03-29T09:00', '2026-10-25T09:00']) {
    expect(wallOf(whenShown(wall))).toBe(wall);
  }
  expect(whenShown('2026-03-29T09:00').toISOString()).toBe('2026-03-29T07:00:00.000Z');
  expect(whenShown('2026-12-01T09:00').toISOString()).toBe('2026-12-01T08:00:00.000Z');
});
