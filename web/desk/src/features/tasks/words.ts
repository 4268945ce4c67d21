// words.ts — a task in words: its state, until when, and who has it.
import type { Task } from '@gestand/sdk';
import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';
import { clock, lengthOf, momentOf } from '../../app/time.svelte';

/** In the order of the board: what came back first. */
export const STATES = [
  'returned',
  'new',
  'taken',
  'waiting_customer',
  'waiting_other',
  'done',
] as const;
export type State = Task['state'];

type Due = Pick<Task, 'due_at' | 'state'>;

export function isLate({ due_at, state }: Due, now = clock.now): boolean {
  return state !== 'done' && due_at !== null && Date.parse(due_at) <= now;
}

/** wo 17:00, or how late it is by now; '': nobody said. */
export function dueOf(task: Due, now = clock.now): string {
  if (task.due_at === null) return '';
  if (!isLate(task, now)) return momentOf(task.due_at, now);
  return t('promises.late', { length: lengthOf(now - Date.parse(task.due_at)) });
}

/** A colleague, else a team. */
export function ownerOf(desk: Desk, task: Pick<Task, 'assignee_id' | 'team_id'>): string {
  if (task.assignee_id) return desk.directory.nameOf(task.assignee_id);
  return (task.team_id && desk.directory.teamOf(task.team_id)) || t('case.nobody');
}

/** What it says beside its state: what for it waits, why it came back, what came of it. */
export function reasonOf(task: Task): string {
  return task.waits_for ?? task.return_words ?? task.outcome ?? '';
}
