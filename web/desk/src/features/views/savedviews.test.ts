import type { View as SavedView } from '@gestand/sdk';
import { expect, test, vi } from 'vitest';
import { draftOf, filterOf, inOrder } from './savedviews.svelte';

// What this device keeps is read as soon as the module is.
vi.hoisted(() => vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} }));

test('a saved view asks for the list that was saved, and for nothing else', () => {
  const filter = {
    status: 'done',
    sort: 'newest',
    team: 'none',
    waits: true,
    emotion: 'anger',
    person: 'per_1',
    opened: '7d',
    q: 'water',
  } as const;
  const draft = draftOf('Water', true, { ...filter, assignee: '' });
  expect(draft).toMatchObject({ name: 'Water', is_shared: true, assignee: null });
  const saved = { ...draft, id: 'viw_1', user_id: 'usr_1', created_at: '', version: 1 };
  expect(filterOf(saved as Parameters<typeof filterOf>[0])).toEqual(filter);
});

test('views stand in the order of their user, and new ones behind them', () => {
  const views = ['a', 'b', 'c', 'd'].map((id) => ({ id }) as SavedView);
  expect(inOrder(views, 'c,a,gone').map(({ id }) => id)).toEqual(['c', 'a', 'b', 'd']);
  expect(inOrder(views, '').map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
});
