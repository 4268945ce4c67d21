// settling.ts — what becomes of a promise, with the way back.
import type { CustomerPromise } from '@gestand/sdk';
import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';
import type { Act, Said } from './PromiseForm.svelte';

const tagOf = ({ version }: CustomerPromise) => `"${version}"`;

/** `after` shows what has become of it, also once it is taken back. */
export async function keep(desk: Desk, one: CustomerPromise, after: () => Promise<unknown>) {
  if (!(await desk.attempt(desk.api.postPromisesByIdKeep(one.id, {}, tagOf(one))))) return false;
  sayWithUndo(desk, t('promise.wasKept'), one.id, after);
  return desk.attempt(after());
}

/** Moves it to what was filled in, or withdraws it for that reason. */
export async function settle(
  desk: Desk,
  one: CustomerPromise,
  act: Exclude<Act, 'make'>,
  { due, reason }: Said,
  after: () => Promise<unknown>,
) {
  const work =
    act === 'move'
      ? desk.api.postPromisesByIdMove(one.id, { due_at: due.toISOString(), reason }, tagOf(one))
      : desk.api.postPromisesByIdWithdraw(one.id, { reason }, tagOf(one));
  if (!(await desk.attempt(work))) return false;
  if (act === 'withdraw') sayWithUndo(desk, t('promise.wasWithdrawn'), one.id, after);
  return desk.attempt(after());
}

function sayWithUndo(desk: Desk, said: string, id: string, after: () => Promise<unknown>) {
  const reopen = async () => {
    if (await desk.attempt(desk.api.postPromisesByIdReopen(id, '*'))) await desk.attempt(after());
  };
  desk.toasts.say(said, { label: t('undo'), run: () => void reopen() });
}
