// board.ts — what is owed, by how much it needs somebody.
import type { CustomerPromise } from '@gestand/sdk';
import { clock, lengthOf, wallOf } from '../../app/time.svelte';
import { t } from '../../app/text.svelte';

export type Group = 'broken' | 'risk' | 'today' | 'later';
const GROUPS: readonly Group[] = ['broken', 'risk', 'today', 'later'];

function groupOf({ state, is_at_risk, risk_at, due_at }: CustomerPromise, now: number): Group {
  if (state === 'broken' || Date.parse(due_at) <= now) return 'broken';
  if (is_at_risk || Date.parse(risk_at) <= now) return 'risk';
  const day = (at: number) => wallOf(new Date(at)).slice(0, 10);
  return day(Date.parse(due_at)) === day(now) ? 'today' : 'later';
}

/** Those that have any, in their order; each keeps the order that it came in. */
export function groupsOf(promises: readonly CustomerPromise[], now = clock.now) {
  return GROUPS.map((group) => ({
    group,
    promises: promises.filter((one) => groupOf(one, now) === group),
  })).filter((one) => one.promises.length > 0);
}

/** 42 min late, in 1 h 48. */
export function lateness({ due_at }: Pick<CustomerPromise, 'due_at'>, now = clock.now): string {
  const ms = Date.parse(due_at) - now;
  const length = lengthOf(Math.abs(ms));
  return ms < 0 ? t('promises.late', { length }) : t('promises.in', { length });
}
