import { Api, ApiError, type Case, type CaseChange } from '@gestand/sdk';
import { beforeEach, expect, test, vi } from 'vitest';

import { Outgoing } from './outgoing.svelte';

const place = new Map<string, string>();
beforeEach(() => {
  place.clear();
  const storage = {
    getItem: (key: string) => place.get(key) ?? null,
    setItem: (key: string, value: string) => {
      place.set(key, value);
      Object.assign(storage, { [key]: value });
    },
    removeItem: (key: string) => {
      place.delete(key);
      Reflect.deleteProperty(storage, key);
    },
  };
  vi.stubGlobal('localStorage', storage);
});

const open = {
  id: 'cas_1',
  title: 'Lek',
  status: 'open',
  assignee_id: null,
  version: 3,
} as unknown as Case;

/** A server that can be cut off, before or after it heard what was asked. */
function server() {
  const api = new Api();
  const state = { now: open, isAway: true, hears: false, changes: [] as CaseChange[] };
  vi.spyOn(api, 'patchCasesById').mockImplementation((_, change, tag) => {
    if (state.isAway && !state.hears) return Promise.reject(new ApiError(0, 'away'));
    if (tag !== `"${state.now.version}"`) return Promise.reject(new ApiError(412, 'changed'));
    state.now = { ...state.now, ...change, version: state.now.version + 1 } as Case;
    state.changes.push(change);
    if (state.isAway) return Promise.reject(new ApiError(0, 'away'));
    return Promise.resolve(state.now);
  });
  vi.spyOn(api, 'getCasesById').mockImplementation(() => Promise.resolve(state.now));
  return { api, state };
}

test('what could not be brought to the server waits, is joined, and goes when it is back', async () => {
  const { api, state } = server();
  const outgoing = new Outgoing(api);
  outgoing.follow('usr_1');
  expect(await outgoing.change(open, { status: 'done' })).toMatchObject({ status: 'done' });
  await outgoing.change(open, { assignee_id: 'usr_1' });
  expect(outgoing.waiting).toHaveLength(1);
  state.isAway = false;
  await outgoing.flush();
  await outgoing.flush();
  expect(state.changes).toEqual([{ status: 'done', assignee_id: 'usr_1' }]);
  expect(outgoing.waiting).toEqual([]);
  expect(place.size).toBe(0);
});

test('what waits outlives the page', async () => {
  const { api, state } = server();
  const first = new Outgoing(api);
  first.follow('usr_1');
  await first.change(open, { status: 'done' });
  state.isAway = false;
  const next = new Outgoing(api);
  next.follow('usr_1');
  await vi.waitFor(() => expect(state.changes).toEqual([{ status: 'done' }]));
});

test('what the server heard before the line was cut is not done twice', async () => {
  const { api, state } = server();
  const outgoing = new Outgoing(api);
  outgoing.follow('usr_1');
  state.hears = true;
  await outgoing.change(open, { status: 'done' });
  expect(state.changes).toHaveLength(1);
  state.isAway = false;
  await outgoing.flush();
  expect(state.changes).toHaveLength(1);
  expect(outgoing.waiting).toEqual([]);
});

test('what the server refuses is told, and holds nothing else up', async () => {
  const { api, state } = server();
  const outgoing = new Outgoing(api);
  outgoing.follow('usr_1');
  await outgoing.change({ ...open, id: 'cas_0' }, { status: 'done' });
  await outgoing.change(open, { status: 'done' });
  const refused = vi.fn();
  outgoing.onRefused = refused;
  state.isAway = false;
  vi.mocked(api.patchCasesById).mockRejectedValueOnce(new ApiError(403, 'no'));
  await outgoing.flush();
  expect(refused).toHaveBeenCalledTimes(1);
  expect(state.changes).toHaveLength(1);
});

test('labels and marks wait with the change of their case, and the last word on each counts', async () => {
  const { api, state } = server();
  const put = vi.spyOn(api, 'putCasesByIdLabelsByLabel').mockResolvedValue(undefined);
  const off = vi.spyOn(api, 'deleteCasesByIdLabelsByLabel').mockResolvedValue(undefined);
  const unread = vi.spyOn(api, 'deleteCasesByIdRead').mockResolvedValue(undefined);
  const outgoing = new Outgoing(api);
  outgoing.follow('usr_1');
  outgoing.keep(open, { add_labels: ['lab_1', 'lab_2'] });
  outgoing.keep(open, { remove_labels: ['lab_2'], is_unread: true, status: 'done' });
  expect(outgoing.waiting).toHaveLength(1);
  state.isAway = false;
  await outgoing.flush();
  await outgoing.flush();
  expect(state.changes).toEqual([{ status: 'done' }]);
  expect(put.mock.calls).toEqual([['cas_1', 'lab_1']]);
  expect(off.mock.calls).toEqual([['cas_1', 'lab_2']]);
  expect(unread).toHaveBeenCalledTimes(1);
  expect(outgoing.waiting).toEqual([]);
});

test('a label alone asks for no version', async () => {
  const { api, state } = server();
  vi.spyOn(api, 'putCasesByIdLabelsByLabel').mockResolvedValue(undefined);
  const outgoing = new Outgoing(api);
  outgoing.follow('usr_1');
  outgoing.keep({ ...open, version: 1 }, { add_labels: ['lab_1'] });
  state.isAway = false;
  await outgoing.flush();
  await outgoing.flush();
  expect(state.changes).toEqual([]);
  expect(outgoing.waiting).toEqual([]);
});
