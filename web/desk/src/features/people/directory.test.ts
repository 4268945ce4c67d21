import type { Api, User } from '@gestand/sdk';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Directory } from './directory.svelte';

vi.mock('../../app/text.svelte', () => ({ t: (key: string) => key }));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const user = (id: string) => ({ id, name: id.toUpperCase(), email: '' }) as User;

/** A server with these colleagues, two on a page. */
function served(users: User[]) {
  const getUsers = vi.fn(({ cursor }: { cursor?: string }) => {
    const from = Number(cursor ?? 0);
    const next = from + 2 < users.length ? String(from + 2) : null;
    return Promise.resolve({ items: users.slice(from, from + 2), next });
  });
  const none = () => Promise.resolve({ items: [], next: null });
  const api = { getUsers, getTeams: none, getChannels: none } as unknown as Api;
  const firsts = () => getUsers.mock.calls.filter(([{ cursor }]) => !cursor).length;
  return { directory: new Directory(api), getUsers, firsts };
}

test('colleagues beyond the first page are known', async () => {
  const { directory } = served(['usr_1', 'usr_2', 'usr_3', 'usr_4', 'usr_5'].map(user));
  await directory.load();
  expect(directory.nameOf('usr_5')).toBe('USR_5');
});

test('a colleague who came later is asked for, once, and is no program until then', async () => {
  const users = [user('usr_1')];
  const { directory, firsts } = served(users);
  await directory.load();
  expect(directory.nameOf(null)).toBe('people.system');
  users.push(user('usr_2'));
  expect(directory.nameOf('usr_2')).toBe('people.colleague');
  expect(directory.nameOf('usr_9')).toBe('people.colleague');
  await vi.advanceTimersByTimeAsync(2900);
  expect(firsts()).toBe(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(directory.nameOf('usr_2')).toBe('USR_2');
  directory.nameOf('usr_9');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(firsts()).toBe(2);
});

test('what happens to colleagues and teams is read, many at once as one', async () => {
  const { directory, firsts } = served([]);
  for (const kind of ['case.changed', 'user.password_changed']) directory.happened({ kind });
  await vi.advanceTimersByTimeAsync(5000);
  expect(firsts()).toBe(0);
  for (const kind of ['user.added', 'team.changed', 'team.removed']) directory.happened({ kind });
  await vi.advanceTimersByTimeAsync(5000);
  expect(firsts()).toBe(1);
});

test('a reading that comes late takes nothing back', async () => {
  const { directory, getUsers } = served([]);
  let answer: (page: { items: User[]; next: null }) => void = () => {};
  getUsers.mockImplementationOnce(() => new Promise((done) => (answer = done)));
  const early = directory.load();
  getUsers.mockResolvedValueOnce({ items: [user('usr_2')], next: null });
  await directory.load();
  answer({ items: [], next: null });
  await early;
  expect(directory.nameOf('usr_2')).toBe('USR_2');
});
