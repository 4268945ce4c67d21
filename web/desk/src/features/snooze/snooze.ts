// snooze.ts — a case is put away until a moment: which ones are at hand, and doing it.
import type { Case } from '@gestand/sdk';

import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';
import { momentOf, wallOf, whenShown } from '../../app/time.svelte';
import { changeMany } from '../cases/many';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HALF_HOUR = HOUR / 2;
/** When a day of work begins, and its second half. */
const MORNING = '09:00';
const AFTERNOON = '13:00';
const NOON = 12;
/** Later than this, "in two hours" is after work. */
const LATE = 16;

export interface Choice {
  id: 'afternoon' | 'later' | 'tomorrow' | 'week';
  at: Date;
}

function later(now: number): Choice[] {
  const hour = Number(wallOf(new Date(now)).slice(11, 13));
  if (hour < NOON) return [{ id: 'afternoon', at: on(now, 0, AFTERNOON) }];
  const at = new Date(Math.ceil((now + 2 * HOUR) / HALF_HOUR) * HALF_HOUR);
  return hour < LATE ? [{ id: 'later', at }] : [];
}

/** So many days from today, at that time, by the organisation's clock. */
function on(now: number, days: number, time: string): Date {
  const today = wallOf(new Date(now)).slice(0, 10);
  const day = new Date(Date.parse(`${today}T00:00Z`) + days * DAY).toISOString().slice(0, 10);
  return whenShown(`${day}T${time}`);
}

/** Later today, tomorrow, and on Monday; on a Sunday that is tomorrow. */
export function choicesAt(now: number): Choice[] {
  const weekday = new Date(`${wallOf(new Date(now)).slice(0, 10)}T00:00Z`).getUTCDay();
  const untilMonday = (8 - weekday) % 7 || 7;
  return [
    ...later(now),
    { id: 'tomorrow', at: on(now, 1, MORNING) },
    ...(untilMonday > 1 ? [{ id: 'week' as const, at: on(now, untilMonday, MORNING) }] : []),
  ];
}

/** Until then, or until their customers write; null: they are back now. */
export function snooze(desk: Desk, cases: readonly Case[], at: Date | null): Promise<void> {
  const until = at?.toISOString() ?? null;
  const said = (n: number) =>
    until === null ? t('snooze.back', { n }) : t('snooze.done', { n, moment: momentOf(until) });
  return changeMany(desk, cases, { snoozed_until: until }, said);
}
