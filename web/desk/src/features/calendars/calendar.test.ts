import { expect, test } from 'vitest';
import { periodsOf, shownWeek, weekName, weekOf } from './calendar';

test('hours are read as people type them', () => {
  expect(periodsOf('9-12:30, 13.00 – 17u')).toEqual([
    { from: '09:00', to: '12:30' },
    { from: '13:00', to: '17:00' },
  ]);
  expect(periodsOf(' 18:00-24:00; 9-10 ')).toEqual([
    { from: '09:00', to: '10:00' },
    { from: '18:00', to: '24:00' },
  ]);
  expect(periodsOf('')).toEqual([]);
});

test('what is no time, or ends before it begins, is refused', () => {
  for (const text of ['9', '9-', 'open', '17-9', '9-25', '9:60-10', '9-10-11', '9-24:01'])
    expect(periodsOf(text), text).toBeNull();
});

test('a week that is shown is read as it was, and days alike are named together', () => {
  const week = [
    { day: 'mon' as const, from: '09:00', to: '12:00' },
    { day: 'mon' as const, from: '13:00', to: '17:00' },
    { day: 'tue' as const, from: '09:00', to: '12:00' },
    { day: 'tue' as const, from: '13:00', to: '17:00' },
    { day: 'sat' as const, from: '10:00', to: '16:00' },
  ];
  expect(weekOf(shownWeek(week))).toEqual(week);
  expect(weekName(week)).toMatch(/^\p{L}+–\p{L}+ 09:00–12:00, 13:00–17:00, \p{L}+ 10:00–16:00$/u);
  expect(weekOf({ ...shownWeek(week), fri: 'dicht' })).toBeNull();
});
