import type { Case } from '@gestand/sdk';
import { expect, test } from 'vitest';

import { waysBack } from './waysback';

function one(id: string, more: Partial<Case> = {}): Case {
  return {
    id,
    version: 1,
    status: 'open',
    team_id: null,
    assignee_id: null,
    snoozed_until: null,
    ...more,
  } as Case;
}
const done = (id: string) => ({ id, version: 2 });

test('what was different before is brought back in one change for each way it was', () => {
  const cases = [one('a'), one('b', { assignee_id: 'usr_1' }), one('c')];
  const results = [done('a'), done('b'), done('c')];
  expect(waysBack(cases, results, { assignee_id: 'usr_2' })).toEqual([
    {
      change: { assignee_id: null },
      cases: [
        { id: 'a', version: 2 },
        { id: 'c', version: 2 },
      ],
    },
    { change: { assignee_id: 'usr_1' }, cases: [{ id: 'b', version: 2 }] },
  ]);
});

test('a label is taken off again only where it was put on, whatever came since', () => {
  const label = { id: 'lab_1', name: 'Spoed', colour: 'red', created_at: '' };
  const cases = [one('a', { labels: [label] }), one('b')];
  const results = [done('a'), done('b')];
  expect(waysBack(cases, results, { add_labels: ['lab_1'] })).toEqual([
    { change: { remove_labels: ['lab_1'] }, cases: [{ id: 'b' }] },
  ]);
});

test('what failed is not undone, and nothing goes back to new', () => {
  const cases = [one('a', { status: 'new' }), one('b')];
  const results = [done('a'), { id: 'b', version: 0, problem: 'changed' as const }];
  expect(waysBack(cases, results, { status: 'done' })).toEqual([
    { change: { status: 'open' }, cases: [{ id: 'a', version: 2 }] },
  ]);
});

test('who closes what was snoozed and takes that back finds it snoozed', () => {
  const snoozed_until = '2026-12-07T08:00:00.000Z';
  const cases = [one('a', { snoozed_until }), one('b')];
  expect(
    waysBack(cases, [done('a'), done('b')], {
      status: 'done',
    }),
  ).toEqual([
    { change: { status: 'open', snoozed_until }, cases: [{ id: 'a', version: 2 }] },
    { change: { status: 'open' }, cases: [{ id: 'b', version: 2 }] },
  ]);
  expect(waysBack(cases, [done('a'), done('b')], { snoozed_until: '2027-01-01' })).toEqual([
    { change: { snoozed_until }, cases: [{ id: 'a', version: 2 }] },
    { change: { snoozed_until: null }, cases: [{ id: 'b', version: 2 }] },
  ]);
});
