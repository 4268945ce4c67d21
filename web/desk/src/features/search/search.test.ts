import type { Api, Case, SearchResult } from '@gestand/sdk';
import { expect, test, vi } from 'vitest';
import { Search } from './search.svelte';

const found = (items: unknown[], one?: string) =>
  ({
    ...(one ? { case: { id: one } as Case } : {}),
    items,
    next: null,
  }) as SearchResult;

test('a case that its reference and a title name stands there once, beside its customer', async () => {
  const hits = [
    { kind: 'case', case_id: 'cas_1', person_id: 'per_1' },
    { kind: 'case', case_id: 'cas_2', person_id: 'per_1' },
    { kind: 'case', case_id: 'cas_2', person_id: 'per_1' },
    { kind: 'person', person_id: 'per_1' },
  ];
  const api = { getSearch: vi.fn(() => Promise.resolve(found(hits, 'cas_1'))) };
  const search = new Search(api as unknown as Api);
  await search.open({ q: 'x', kind: 'all', filter: { status: 'all' } });
  expect(search.hits.map(({ kind, id }) => [kind, id])).toEqual([
    ['case', 'cas_1'],
    ['found', 'cas_2'],
    ['found', 'per_1'],
  ]);
});
