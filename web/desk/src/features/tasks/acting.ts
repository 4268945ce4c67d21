// acting.ts — what becomes of a task, with the way back where there is one.
import { type Task, versionTag } from '@gestand/sdk';
import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';

export type Asked = 'wait' | 'return' | 'finish';
export interface Said {
  /** Whom it waits for. */
  for: 'customer' | 'other';
  /** Why it goes back. */
  why: 'misrouted' | 'unclear' | 'other';
  words: string;
}

/** `after` shows what has become of it. */
type After = () => Promise<unknown>;

export async function take(desk: Desk, task: Task, after: After) {
  const work = desk.api.postTasksByIdTake(task.id, versionTag(task));
  return (await desk.attempt(work)) && desk.attempt(after());
}

export async function reopen(desk: Desk, id: string, after: After) {
  return (await desk.attempt(desk.api.postTasksByIdReopen(id, '*'))) && desk.attempt(after());
}

/** Does what was filled in. */
export async function act(desk: Desk, task: Task, asked: Asked, said: Said, after: After) {
  const { words } = said;
  const tag = versionTag(task);
  const work = {
    wait: () => desk.api.postTasksByIdWait(task.id, { for: said.for, words }, tag),
    return: () => desk.api.postTasksByIdReturn(task.id, { why: said.why, words }, tag),
    finish: () => desk.api.postTasksByIdFinish(task.id, { words }, tag),
  }[asked];
  if (!(await desk.attempt(work()))) return false;
  if (asked === 'finish')
    desk.toasts.say(t('task.wasDone'), {
      label: t('undo'),
      run: () => void reopen(desk, task.id, after),
    });
  return desk.attempt(after());
}
