import { ApiError } from '@gestand/sdk';
import { expect, test, vi } from 'vitest';
import { Conflicts, joined } from './conflicts.svelte';

test('what only one of two changed is joined, and what both changed clashes', () => {
  const base = { name: 'Dag', text: 'Hallo', label: null };
  const now = { name: 'Dag', text: 'Goedemorgen', label: 'lab_1', version: 2 };
  expect(joined(base, { name: 'Groet', text: 'Hallo', label: null }, now)).toEqual({
    draft: { name: 'Groet', text: 'Goedemorgen', label: 'lab_1' },
    clashes: [],
  });
  const both = joined(base, { name: 'Dag', text: 'Dag!', label: 'lab_1' }, now);
  expect(both.clashes).toEqual([{ field: 'text', mine: 'Dag!', theirs: 'Goedemorgen' }]);
});

interface Thing {
  name: string;
  version: number;
}

/** A server whose thing is another by now. */
function changed(now: Thing) {
  const written: Partial<Thing>[] = [];
  const write = vi.fn((draft: Partial<Thing>, tag: string) => {
    if (tag !== `"${now.version}"`) return Promise.reject(new ApiError(412, 'changed'));
    written.push(draft);
    return Promise.resolve({ ...now, ...draft });
  });
  const change = {
    base: { name: 'A', version: 1 },
    mine: { name: 'B' },
    name: 'Iets',
    write,
    read: () => Promise.resolve(now),
  };
  return { change, written };
}

test('who is asked sees both versions, and what is chosen is saved', async () => {
  for (const [kept, saved] of [
    [['name'], 'B'],
    [[], 'C'],
  ] as const) {
    const conflicts = new Conflicts();
    const { change, written } = changed({ name: 'C', version: 7 });
    const saving = conflicts.save(change);
    await vi.waitFor(() => expect(conflicts.question).not.toBeNull());
    expect(conflicts.question?.clashes).toEqual([{ field: 'name', mine: 'B', theirs: 'C' }]);
    conflicts.question?.answer(new Set(kept));
    expect((await saving)?.name).toBe(saved);
    expect(written).toEqual([{ name: saved }]);
    expect(conflicts.question).toBeNull();
  }
});

test('what another changed beside it asks nothing, and who leaves changes nothing', async () => {
  const conflicts = new Conflicts();
  const beside = changed({ name: 'A', version: 2 });
  expect(await conflicts.save(beside.change)).toMatchObject({ name: 'B' });
  const clashing = changed({ name: 'C', version: 2 });
  const saving = conflicts.save(clashing.change);
  await vi.waitFor(() => expect(conflicts.question).not.toBeNull());
  conflicts.question?.answer(null);
  expect(await saving).toBeNull();
  expect(clashing.written).toEqual([]);
});
