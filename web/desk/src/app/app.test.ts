import { expect, test } from 'vitest';
import { viewsOf } from '../features/cases/views';
import { initialsOf } from '@gestand/kit';
import { languageOf } from './text.svelte';
import { clock, hourOf, lengthOf, momentOf } from './time.svelte';

test('the first language that we speak is chosen, and Dutch for who speaks none', () => {
  expect(languageOf(['de-DE', 'fr-BE', 'nl'])).toBe('fr');
  expect(languageOf(['pl'])).toBe('nl');
  expect(languageOf([])).toBe('nl');
});

test('each team has a view of its own behind ours', () => {
  const team = { id: 'tem_1', name: 'Reparaties', members: [], created_at: '', version: 1 };
  const views = viewsOf([team], (key) => key);
  expect(views.at(-1)).toMatchObject({
    id: 'tem_1',
    label: 'Reparaties',
    filter: { team: 'tem_1' },
  });
  expect(new Set(views.map(({ id }) => id)).size).toBe(views.length);
});

test('initials are of the first and the last word, of a mail address one', () => {
  expect(initialsOf('Marieke de Graaf')).toBe('MG');
  expect(initialsOf('Ömer')).toBe('Ö');
  expect(initialsOf('anna@voorbeeld.nl')).toBe('A');
  expect(initialsOf('')).toBe('?');
});

test('moments are told in the zone of the organisation', () => {
  const now = Date.parse('2026-11-29T12:00:00Z');
  clock.zone = 'Europe/Amsterdam';
  expect(momentOf('2026-11-29T09:31:00Z', now)).toBe('10:31');
  expect(hourOf(new Date('2026-11-29T23:30:00Z'))).toBe(0.5);
  // Half past midnight there, while it is the evening before in London.
  expect(momentOf('2026-11-28T23:30:00Z', now)).toBe('00:30');
  expect(momentOf('2026-11-27T12:00:00Z', now)).toBe('vr 13:00');
  expect(momentOf('2026-10-01T12:00:00Z', now)).toBe('1 okt 14:00');
  clock.zone = undefined;
});

test('a wait is told shortly', () => {
  const minute = 60_000;
  const waits = [0.5, 11, 108, 185, 1440, 3000].map((minutes) => lengthOf(minutes * minute));
  expect(waits).toEqual(['nu', '11 min', '1 u 48', '3 u 05', '1 dag', '2 dagen']);
});
