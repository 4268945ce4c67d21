import { expect, test } from 'vitest';

import { LINES_MAX, piecesOf } from './pieces';

const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
const texts = (text: string) =>
  Promise.all(piecesOf(bytes(text)).map(({ content }) => content.text()));

test('a short table is one piece, with its first line', async () => {
  expect(await texts('naam;mail\nJan;j@x.nl\nPiet;')).toEqual(['naam;mail\nJan;j@x.nl\nPiet;']);
});

test('a long one is several, each with the first line, and knows how far down it stands', async () => {
  const lines = Array.from({ length: LINES_MAX + 2 }, (_, n) => `Klant ${n}\n`);
  const pieces = piecesOf(bytes(`naam\n${lines.join('')}`));
  expect(pieces.map(({ offset }) => offset)).toEqual([0, LINES_MAX]);
  expect(await pieces[1]?.content.text()).toBe('naam\nKlant 500\nKlant 501\n');
});

test('a row whose words go on in the next line stays whole', async () => {
  const lines = Array.from({ length: LINES_MAX - 1 }, (_, n) => `K${n};x\n`);
  const pieces = piecesOf(bytes(`a;b\n${lines.join('')}J;"Dorp 1\nUtrecht ""x"""\nP;y\n`));
  expect(await pieces[0]?.content.text()).toMatch(/Utrecht ""x"""\n$/);
  expect(await pieces[1]?.content.text()).toBe('a;b\nP;y\n');
  expect(pieces[1]?.offset).toBe(LINES_MAX + 1);
});

test('a table without rows is no piece', () => {
  expect(piecesOf(bytes('naam;mail\n'))).toEqual([]);
  expect(piecesOf(bytes(''))).toEqual([]);
});
