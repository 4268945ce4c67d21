import { expect, test } from 'vitest';
import { markedBy, piecesOf, wordsOf } from './marks';
import { activeFilters, messageFilterOf, queryOf, soughtOf } from './sought';

const shown = (pieces: ReturnType<typeof piecesOf>) =>
  pieces.map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join('');

test('marks of the server count bytes, also behind letters of more than one', () => {
  expect(shown(piecesOf('één warme dag', [{ from: 6, to: 11 }]))).toBe('één [warme] dag');
  expect(shown(piecesOf('warm', [{ from: 0, to: 4 }]))).toBe('[warm]');
  expect(shown(piecesOf('koud', []))).toBe('koud');
});

test('marks that lie over one another show no letter twice', () => {
  const marks = [
    { from: 0, to: 4 },
    { from: 2, to: 6 },
  ];
  expect(shown(piecesOf('warm water', marks))).toBe('[warm] water');
});

test('a word is marked where one begins with it, whatever its accents', () => {
  expect(shown(markedBy('Terugbellen, ook terúg', wordsOf('terug')))).toBe(
    '[Terug]bellen, ook [terúg]',
  );
  expect(shown(markedBy('heterdaad', wordsOf('ter')))).toBe('heterdaad');
});

test('what is sought comes back out of the address as it went in', () => {
  const sought = soughtOf('q=warm+water&kind=case&status=done&team=none&sort=x');
  expect(sought).toEqual({
    q: 'warm water',
    kind: 'case',
    filter: { status: 'done', team: 'none' },
  });
  expect(soughtOf(queryOf(sought))).toEqual(sought);
  expect(queryOf(soughtOf('q=water'))).toBe('q=water');
});

test('filters of messages count for messages only, and both days belong to what is sought', () => {
  const query = 'q=gas&direction=in&since=2026-11-29&until=2026-11-29&label=lab_1';
  const sought = soughtOf(query);
  expect(activeFilters(sought)).toEqual(['label', 'direction', 'since', 'until']);
  expect(activeFilters({ ...sought, kind: 'case' })).toEqual(['label']);
  expect(activeFilters({ ...sought, kind: 'person' })).toEqual([]);
  const { since, until, ...others } = messageFilterOf(sought.filter);
  expect(others).toEqual({ status: 'all', label: 'lab_1', direction: 'in' });
  expect(Date.parse(until ?? '') - Date.parse(since ?? '')).toBe(24 * 60 * 60 * 1000);
  expect(messageFilterOf(soughtOf('since=nonsense').filter)).toEqual({ status: 'all' });
});
