import type { CustomerPromise } from '@gestand/sdk';
import { expect, test } from 'vitest';
import { clock } from '../../app/time.svelte';
import { groupsOf } from './board';

const NOW = Date.parse('2026-12-01T10:00:00Z');
const promise = (id: string, due: string, risk: string, state: CustomerPromise['state'] = 'open') =>
  ({ id, due_at: due, risk_at: risk, state, is_at_risk: false }) as CustomerPromise;

test('what is broken leads, then what is at risk by now, then today, then later', () => {
  clock.zone = 'UTC';
  const groups = groupsOf(
    [
      promise('past', '2026-12-01T09:59:00Z', '2026-12-01T09:00:00Z'),
      promise('broken', '2026-11-30T09:00:00Z', '2026-11-30T08:00:00Z', 'broken'),
      promise('today', '2026-12-01T17:00:00Z', '2026-12-01T15:00:00Z'),
      promise('risk tomorrow', '2026-12-02T09:00:00Z', '2026-12-01T09:00:00Z'),
      promise('later', '2026-12-02T17:00:00Z', '2026-12-02T09:00:00Z'),
    ],
    NOW,
  );
  expect(groups.map(({ group, promises }) => [group, promises.map(({ id }) => id)])).toEqual([
    ['broken', ['past', 'broken']],
    ['risk', ['risk tomorrow']],
    ['today', ['today']],
    ['later', ['later']],
  ]);
});
