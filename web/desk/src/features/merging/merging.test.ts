import { expect, test } from 'vitest';

import type { TimelineItem } from '../cases/casefile.svelte';
import { joinedWith, wayBackOf } from './merging';

function item(id: string, kind: string, more: object = {}): TimelineItem {
  return { id, kind, at: '2026-11-30T10:00:00.000Z', actor_kind: 'user', ...more } as TimelineItem;
}

test('a merge and a move are undone by what their event names, once', () => {
  const merged = item('e1', 'case.merged', { data: { merge: 'cmg_1' } });
  const moved = item('e2', 'case.moved', { data: { move: 'cmv_1' } });
  expect(wayBackOf(merged, [merged])).toEqual({ kind: 'merge', id: 'cmg_1' });
  expect(wayBackOf(moved, [moved])).toEqual({ kind: 'move', id: 'cmv_1' });
  const undone = item('e3', 'case.unmerged', { data: { merge: 'cmg_1' } });
  const other = item('e4', 'case.move_undone', { data: { move: 'cmv_2' } });
  expect(wayBackOf(merged, [merged, undone])).toBeNull();
  expect(wayBackOf(moved, [moved, other])).toEqual({ kind: 'move', id: 'cmv_1' });
});

test('what joined comes out with all of its conversation, unless nothing would be left', () => {
  const first = item('msg_1', 'message', { conversation_id: 'cnv_1' });
  const came = [2, 3].map((n) => item(`msg_${n}`, 'message', { conversation_id: 'cnv_2' }));
  const joined = item('e1', 'case.joined', { about: 'msg_2' });
  expect(joinedWith(joined, [first, ...came, joined])).toEqual(['msg_2', 'msg_3']);
  expect(wayBackOf(joined, [first, ...came, joined])).toEqual({ kind: 'join', id: 'msg_2' });
  expect(wayBackOf(joined, [...came, joined])).toBeNull();
});
