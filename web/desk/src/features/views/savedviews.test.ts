import { expect, test } from 'vitest';
import { draftOf, filterOf } from './savedviews.svelte';

test('a saved view asks for the list that was saved, and for nothing else', () => {
  const filter = {
    status: 'done',
    sort: 'newest',
    team: 'none',
    waits: true,
    emotion: 'anger',
    q: 'water',
  } as const;
  const draft = draftOf('Water', true, { ...filter, assignee: '' });
  expect(draft).toMatchObject({ name: 'Water', is_shared: true, assignee: null });
  const saved = { ...draft, id: 'viw_1', user_id: 'usr_1', created_at: '', version: 1 };
  expect(filterOf(saved as Parameters<typeof filterOf>[0])).toEqual(filter);
});
