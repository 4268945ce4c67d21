import type { Case } from '@gestand/sdk';
import { expect, test, vi } from 'vitest';
import type { Desk } from '../../app/desk.svelte';
import { rowMenuOf } from './rowmenu';

vi.mock('../../app/text.svelte', () => ({ t: (key: string) => key }));
vi.mock('./many', () => ({ changeMany: () => {} }));
vi.mock('../../app/settings.svelte', () => ({
  keysFor: (id: string, usual: string) =>
    ({ 'case.key.done': 'F', 'list.key.take': '', 'list.key.pick': 'Alt+X' })[id] ?? usual,
}));

test('beside what a row can do stand the keys of this user', () => {
  const desk = {
    reads: { isUnread: () => false },
    picks: { has: () => false },
    session: { me: { user: { id: 'usr_1' } }, can: () => true },
  } as unknown as Desk;
  const items = rowMenuOf(desk, { id: 'cas_1', status: 'open' } as Case);
  expect(items.map(({ keys }) => keys)).toEqual(['', 'F', 'H', 'P', 'U', 'Alt+X']);
});
