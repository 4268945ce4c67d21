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
