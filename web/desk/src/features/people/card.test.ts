import { expect, test, vi } from 'vitest';
import { Card } from './card.svelte';

vi.mock('../../app/painted', () => ({
  whenPainted: (work: () => void) => {
    work();
    return () => {};
  },
}));

test('nothing is said before an answer came, and nothing of another one', async () => {
  const card = new Card<string[]>();
  let answer: (words: string[]) => void = () => {};
  const stop = card.read('one', true, () => new Promise((done) => (answer = done)));
  expect(card.now).toBe(null);
  stop();
  card.read('two', true, () => Promise.resolve([]));
  answer(['late']);
  await Promise.resolve();
  await Promise.resolve();
  expect(card.now).toEqual([]);
  expect(card.state).toBe('there');
});

test('what is known stays when it is asked for again without an answer', async () => {
  const card = new Card<number>();
  card.read('one', true, () => Promise.resolve(7));
  await Promise.resolve();
  await Promise.resolve();
  card.read('one', false, () => Promise.reject(new Error('cut')));
  await Promise.resolve();
  await Promise.resolve();
  expect(card.now).toBe(7);
});

test('without a line it is not known, which is no failure of the server', async () => {
  const card = new Card<number>();
  card.read('one', false, () => Promise.reject(new Error('cut')));
  await Promise.resolve();
  await Promise.resolve();
  expect([card.now, card.state]).toEqual([null, 'loading']);
});
