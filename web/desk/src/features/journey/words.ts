// words.ts — a journey's things in words.
import type { Journey } from '@gestand/sdk';
import { lengthOf } from '../../app/time.svelte';
import { t } from '../../app/text.svelte';

const HOURS_LONG = 100 * 60;

/** Waiting is told in hours, also when it takes days; in days only when it takes many. */
export function waitOf(minutes: number): string {
  if (minutes === 0) return t('journey.none');
  if (minutes < 60 || minutes >= HOURS_LONG) return lengthOf(minutes * 60_000);
  const rest = String(minutes % 60).padStart(2, '0');
  return t('time.hours', { hours: Math.floor(minutes / 60), minutes: rest });
}

/** What the picture shows, for who doesn't see it. */
export function conclusionOf(journey: Journey): string {
  return t('journey.conclusion', {
    contacts: journey.contacts_n,
    lanes: journey.lanes.length,
    forced: journey.forced_switches_n,
    wait: waitOf(journey.waiting_minutes),
  });
}
