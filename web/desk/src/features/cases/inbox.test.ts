import { Api, type Case } from '@gestand/sdk';
import { expect, test, vi } from 'vitest';
import { Inbox } from './inbox.svelte';

async function listOf(...names: string[]) {
  const api = new Api();
  let shown = names;
  const caseOf = (id: string) => ({ id, reference: id }) as unknown as Case;
  vi.spyOn(api, 'getCases').mockImplementation(() =>
    Promise.resolve({ items: shown.map(caseOf), next: null }),
  );
  const inbox = new Inbox(api);
  await inbox.open({ status: 'ours' });
  const become = async (...others: string[]) => {
    shown = others;
    vi.useFakeTimers();
    inbox.refresh();
    await vi.runAllTimersAsync();
    vi.useRealTimers();
  };
  return { inbox, become };
}

test('who walks on from a case that left the list goes on where it stood', async () => {
  const { inbox, become } = await listOf('one', 'two', 'three', 'four');
  expect(inbox.beside('two', 1)?.id).toBe('three');
  await become('one', 'three', 'four');
  expect(inbox.beside('two', 1)?.id).toBe('three');
  expect(inbox.beside('two', -1)?.id).toBe('one');
});

test('behind the last one that left stands the one before it', async () => {
  const { inbox, become } = await listOf('one', 'two');
  await become('one');
  expect(inbox.beside('two', 1)?.id).toBe('one');
});

test('who is in no case begins with the first, and at the ends there is nothing', async () => {
  const { inbox } = await listOf('one', 'two');
  expect(inbox.beside(null, 1)?.id).toBe('one');
  expect(inbox.beside('elsewhere', -1)?.id).toBe('one');
  expect(inbox.beside('two', 1)).toBeUndefined();
  expect(inbox.beside('one', -1)).toBeUndefined();
});

test('who walks on before the list is there waits for the one he asked for last', async () => {
  const api = new Api();
  const answers: ((page: { items: Case[]; next: null }) => void)[] = [];
  vi.spyOn(api, 'getCases').mockImplementation(() => new Promise((done) => answers.push(done)));
  const inbox = new Inbox(api);
  void inbox.open({ status: 'ours' });
  void inbox.open({ status: 'done' });
  const settled = inbox.settled();
  answers[0]?.({ items: [{ id: 'old' } as Case], next: null });
  answers[1]?.({ items: [{ id: 'new' } as Case], next: null });
  await settled;
  expect(inbox.cases.map(({ id }) => id)).toEqual(['new']);
});

test('what came to be known while the list was asked for stands in it', async () => {
  const api = new Api();
  let answer: (page: { items: Case[]; next: null }) => void = () => {};
  vi.spyOn(api, 'getCases').mockImplementation(() => new Promise((done) => (answer = done)));
  const inbox = new Inbox(api);
  const opening = inbox.open({ status: 'ours' });
  inbox.patch(new Map([['one', { is_unread: true }]]));
  answer({ items: [{ id: 'one', is_unread: false } as Case], next: null });
  await opening;
  expect(inbox.cases[0]?.is_unread).toBe(true);
});

test('who comes in at the top of a list of many pages pushes nobody out of it', async () => {
  const api = new Api();
  let all = Array.from({ length: 300 }, (_, n) => `c${n}`);
  vi.spyOn(api, 'getCases').mockImplementation((query = {}) => {
    const from = Number(query.cursor ?? 0);
    const to = from + (query.limit ?? 50);
    const items = all.slice(from, to).map((id) => ({ id, reference: id }) as unknown as Case);
    return Promise.resolve({ items, next: to < all.length ? String(to) : null });
  });
  const inbox = new Inbox(api);
  await inbox.open({ status: 'ours' });
  await inbox.more();
  await inbox.more();
  expect(inbox.cases.length).toBe(300);
  all = ['new', 'newer', ...all];
  vi.useFakeTimers();
  inbox.refresh();
  await vi.runAllTimersAsync();
  vi.useRealTimers();
  expect(inbox.cases.map(({ id }) => id)).toEqual(all);
});

/** A list of any length, whose cursors are places in its order: numbers. */
async function long(n: number) {
  const api = new Api();
  const server = { all: Array.from({ length: n }, (_, i) => i * 10) };
  const caseOf = (id: number) => ({ id: String(id), reference: String(id) }) as unknown as Case;
  const ask = vi.spyOn(api, 'getCases').mockImplementation((query = {}) => {
    const after = query.cursor === undefined ? -1 : Number(query.cursor);
    const limit = query.limit ?? 50;
    const items = server.all.filter((id) => id > after).slice(0, limit);
    const isMore = items.length === limit;
    return Promise.resolve({
      items: items.map(caseOf),
      next: isMore ? String(items.at(-1)) : null,
    });
  });
  const inbox = new Inbox(api);
  await inbox.open({ status: 'ours' });
  while (inbox.next) await inbox.more();
  const happens = async () => {
    vi.useFakeTimers();
    inbox.refresh();
    await vi.runAllTimersAsync();
    vi.useRealTimers();
  };
  const looks = async (first: number, last: number) => {
    vi.useFakeTimers();
    inbox.see(first, last);
    await vi.runAllTimersAsync();
    vi.useRealTimers();
  };
  return { inbox, server, ask, happens, looks, ids: () => inbox.cases.map(({ id }) => Number(id)) };
}

test('what changed far down is read again where one looks, and only there', async () => {
  const { inbox, server, ask, happens, looks, ids } = await long(1000);
  await looks(400, 420);
  server.all = server.all.filter((id) => id !== 4100 && id !== 9000);
  server.all.splice(405, 0, 4045);
  ask.mockClear();
  await happens();
  expect(ask).toHaveBeenCalledTimes(2);
  expect(ids().filter((id) => id > 3990 && id < 4500)).toEqual(
    server.all.filter((id) => id > 3990 && id < 4500),
  );
  // Nobody looked there yet.
  expect(ids()).toContain(9000);
  await looks(890, 910);
  expect(ids()).not.toContain(9000);
  expect(new Set(ids()).size).toBe(inbox.cases.length);
});

test('who moves from far down to the top stands there alone, and nobody is pushed out', async () => {
  const { server, happens, ids } = await long(500);
  server.all = [-1, ...server.all.filter((id) => id !== 3330)];
  await happens();
  expect(ids()[0]).toBe(0);
  server.all = [1, 2, 3, ...server.all.filter((id) => id >= 0)].sort((a, b) => a - b);
  await happens();
  expect(ids().filter((id) => id < 2000)).toEqual(server.all.filter((id) => id < 2000));
  expect(new Set(ids()).size).toBe(ids().length);
});

test('when most of a list is gone, its end is where the server says', async () => {
  const { inbox, server, happens, ids } = await long(500);
  server.all = server.all.slice(0, 30);
  await happens();
  expect(ids()).toEqual(server.all);
  expect(inbox.next).toBe(null);
});

test('after news at any place, looking through all of it finds each once, in order', async () => {
  const { server, happens, looks, ids, inbox } = await long(700);
  let random = 7;
  const next = (n: number) => (random = (random * 48271) % 2147483647) % n;
  for (let round = 0; round < 12; round++) {
    for (let k = 0; k < 30; k++) server.all.splice(next(server.all.length), 1);
    const fresh = Array.from({ length: 40 }, () => next(7000)).filter((id) => id % 10 > 0);
    server.all = [...new Set([...server.all, ...fresh])].sort((a, b) => a - b);
    const at = next(inbox.cases.length);
    await looks(at, at + 20);
    await happens();
    expect(new Set(ids()).size).toBe(ids().length);
  }
  for (let at = 0; at < inbox.cases.length; at += 20) await looks(at, at + 20);
  while (inbox.next) await inbox.more();
  await looks(inbox.cases.length - 20, inbox.cases.length);
  expect(ids()).toEqual(server.all);
});
