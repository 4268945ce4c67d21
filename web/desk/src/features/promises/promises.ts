// promises.ts — how a promise looks: its flag, and its moment in words.
import type { CustomerPromise } from '@gestand/sdk';
import type { FlagState } from '@gestand/kit';
import { momentBehind, momentOf } from '../../app/time.svelte';
import { t } from '../../app/text.svelte';

type Looks = Pick<CustomerPromise, 'state' | 'is_at_risk'>;

/** What was withdrawn has no flag of its own: it was moved, to never. */
export function flagOf({ state, is_at_risk }: Looks): FlagState {
  if (state === 'open') return is_at_risk ? 'risk' : 'made';
  return state === 'withdrawn' ? 'moved' : state;
}

export function stateOf({ state, is_at_risk }: Looks): string {
  return t(`promise.state.${state === 'open' && is_at_risk ? 'risk' : state}`);
}

export function whenOf({ starts_at, due_at }: Pick<CustomerPromise, 'starts_at' | 'due_at'>) {
  if (!starts_at) return momentOf(due_at);
  return `${momentOf(starts_at)} – ${momentBehind(due_at, starts_at)}`;
}

/** What is owed first, by its moment; then what was settled, the newest first. */
export function inOrder(all: readonly CustomerPromise[]): CustomerPromise[] {
  const owed = all.filter(({ is_owed }) => is_owed);
  const settled = all.filter(({ is_owed }) => !is_owed);
  owed.sort((a, b) => a.due_at.localeCompare(b.due_at));
  settled.sort((a, b) => (b.settled_at ?? '').localeCompare(a.settled_at ?? ''));
  return [...owed, ...settled];
}
