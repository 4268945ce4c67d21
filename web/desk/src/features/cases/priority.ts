// priority.ts — a colleague says what goes before its turn; for one case or many, with a way back.
import type { Case } from '@gestand/sdk';

import type { Desk } from '../../app/desk.svelte';

import { changeOpen } from './fields';
import { changeMany } from './many';

export function prioritise(
  desk: Desk,
  cases: readonly Case[],
  priority: Case['priority'],
  why = '',
): Promise<void> {
  // The reason goes with it, so that the way back brings back both.
  const what = { priority, priority_why: (priority !== 'judged' && why.trim()) || null };
  const [one] = cases;
  const isOpen = cases.length === 1 && one && one.id === desk.casefile.now?.id;
  return isOpen ? changeOpen(desk, one, what) : changeMany(desk, cases, what);
}
