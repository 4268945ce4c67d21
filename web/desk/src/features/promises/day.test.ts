import type { CustomerPromise } from '@gestand/sdk';
import { expect, test } from 'vitest';
import { clock } from '../../app/time.svelte';
import { apart, hoursOf, labelled, marksOf, nextOwed, shortName } from './day';

const promise = (at: string, state: CustomerPromise['state'], is_at_risk = false) =>
  ({
    due_at: `2026-12-01T${at}:00Z`,
    state,
    is_at_risk,
    is_owed: state === 'open' || state === 'broken',
  }) as CustomerPromise;

test('what is due at one moment is one mark, which looks like what needs somebody most', () => {
  clock.zone = 'UTC';
  const marks = marksOf([
    promise('09:30', 'kept'),
    promise('14:00', 'kept'),
    promise('14:00', 'open'),
    promise('15:30', 'open', true),
  ]);
  expect(marks.map(({ hour, flag, isSettled }) => [hour, flag, isSettled])).toEqual([
    [9.5, 'kept', true],
    [14, 'made', false],
    [15.5, 'risk', false],
  ]);
  expect(marks[1]?.promises).toHaveLength(2);
});

test('the line is the working day, and longer for what is promised outside it', () => {
  clock.zone = 'UTC';
  expect(hoursOf([]).at(0)).toBe(8);
  expect(hoursOf([]).at(-1)).toBe(18);
  const hours = hoursOf(marksOf([promise('07:15', 'open'), promise('20:30', 'open')]));
  expect([hours.at(0), hours.at(-1)]).toEqual([7, 21]);
});

test('a mark has words where there is room up to the next, and none when it is settled', () => {
  clock.zone = 'UTC';
  const marks = marksOf([
    promise('09:00', 'kept'),
    promise('12:00', 'open'),
    promise('12:30', 'open'),
    promise('17:00', 'open'),
  ]);
  expect(labelled(marks, [100, 100, 100, 100], 100, 18)).toEqual([false, false, true, true]);
  expect(labelled(marks, [100, 100, 100, 101], 100, 18)).toEqual([false, false, true, false]);
});

test('next is what is owed and not late yet', () => {
  const now = Date.parse('2026-12-01T10:00:00Z');
  const all = [promise('09:00', 'broken'), promise('11:00', 'kept'), promise('12:00', 'open')];
  expect(nextOwed(all, now)?.due_at).toBe('2026-12-01T12:00:00Z');
  expect(nextOwed(all.slice(0, 2), now)).toBeNull();
});

test('somebody is called by his last name, with what belongs to it', () => {
  expect(shortName('Marieke de Graaf')).toBe('De Graaf');
  expect(shortName('Bouali')).toBe('Bouali');
  expect(shortName('jan@klant.example')).toBe('Jan@klant.example');
});

test('marks that would lie over one another are one, which looks like the loudest', () => {
  const near = apart(
    marksOf([promise('10:00', 'kept'), promise('10:10', 'broken'), promise('11:00', 'open')]),
    0.5,
  );
  expect(near.map(({ time, flag, promises }) => [time, flag, promises.length])).toEqual([
    ['10:00', 'broken', 2],
    ['11:00', 'made', 1],
  ]);
  expect(near[0]?.isSettled).toBe(false);
});
