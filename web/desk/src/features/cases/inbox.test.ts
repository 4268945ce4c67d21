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
