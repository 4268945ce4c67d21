import { expect, test, vi } from 'vitest';
import { Listed } from './listed.svelte';

vi.mock('../../app/words', () => ({ wordsOf: String }));

interface Item {
  id: string;
}
interface Page {
  items: Item[];
  next: string | null;
}
const ids = (list: Listed<Item>) => list.items?.map(({ id }) => id).join('');
const pageOf = (letters: string, next: string | null = null): Page => ({
  items: [...letters].map((id) => ({ id })),
  next,
});

/** Answers when the test says so, in the order of its choice. */
function asked() {
  const open: Array<{ cursor?: string; answer: (page: Page) => void; fail: () => void }> = [];
  const list = new Listed<Item>(
    (cursor) =>
      new Promise((answer, reject) => {
        open.push({ cursor, answer, fail: () => reject(new Error('cut')) });
      }),
  );
  return { list, open };
}

/** All that was asked for, two on a page. */
function served(letters: { now: string }) {
  const ask = vi.fn((cursor?: string) => {
    const from = Number(cursor ?? 0);
    const next = from + 2 < letters.now.length ? String(from + 2) : null;
    return Promise.resolve(pageOf(letters.now.slice(from, from + 2), next));
  });
  return { ask, list: new Listed<Item>(ask) };
}

test('an answer that comes late takes nothing of a newer one, nor does its failure', async () => {
  const { list, open } = asked();
  const [second, third] = [list.load(), list.load()];
  open[2]?.answer(pageOf('c'));
  open[0]?.answer(pageOf('a'));
  open[1]?.fail();
  await Promise.all([second, third]);
  expect(ids(list)).toBe('c');
  expect(list.failure).toBe('');
});

test('more of a list that is no longer asked for is put behind nothing', async () => {
  const { list, open } = asked();
  open[0]?.answer(pageOf('a', '1'));
  await vi.waitFor(() => expect(ids(list)).toBe('a'));
  const more = list.more();
  await vi.waitFor(() => expect(open).toHaveLength(2));
  const load = list.load();
  open[2]?.answer(pageOf('x'));
  await load;
  open[1]?.answer(pageOf('b'));
  await more;
  expect(ids(list)).toBe('x');
});

test('who asks for more twice gets nothing twice', async () => {
  const { list } = served({ now: 'abcdef' });
  await list.load();
  await Promise.all([list.more(), list.more()]);
  expect(ids(list)).toBe('abcdef');
});

test('again is as much as was shown, and what is asked for anew one page', async () => {
  const letters = { now: 'abcdef' };
  const { ask, list } = served(letters);
  await list.load();
  await list.more();
  letters.now = 'xabcdef';
  ask.mockClear();
  await list.again();
  expect(ids(list)).toBe('xabc');
  expect(ask).toHaveBeenCalledTimes(2);
  await list.load();
  expect(ids(list)).toBe('xa');
});

test('that one list was empty is not said of the next one before it has come', async () => {
  const { list, open } = asked();
  open[0]?.answer(pageOf(''));
  await vi.waitFor(() => expect(list.items).toEqual([]));
  void list.load();
  expect(list.items).toBeNull();
  open[1]?.answer(pageOf(''));
  await vi.waitFor(() => expect(list.items).toEqual([]));
});
