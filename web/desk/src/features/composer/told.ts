// told.ts — what the desk says of drafts that are sent: for how long there is a way back, and how it
// ended.
import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';
import { momentBehind } from '../../app/time.svelte';
import type { Draft, Listener } from './draft.svelte';

function sentOf({ kind }: Draft, due: string | undefined): string {
  if (due) return t('composer.sentPromise', { moment: momentBehind(due, undefined) });
  return t(kind === 'note' ? 'composer.posted' : 'composer.sent');
}

export function listenerOf(desk: Desk): Listener {
  const toasts = new Map<Draft, number>();
  /** When the first of what it promises is due. */
  const promised = new Map<Draft, string>();

  async function takeBack(draft: Draft) {
    let isBack = true;
    const work = draft.takeBack().then((done) => (isBack = done));
    if (!(await desk.attempt(work))) return;
    if (!isBack) return void desk.toasts.say(t('composer.tooLate'));
    if (draft.caseId === desk.casefile.now?.id)
      desk.write(draft.kind === 'note' ? 'team' : 'customer');
  }

  return {
    held(draft) {
      const action = { label: t('undo'), run: () => void takeBack(draft) };
      const text = t(draft.kind === 'note' ? 'composer.posting' : 'composer.sending');
      toasts.set(draft, desk.toasts.say(text, action));
      const dues = (draft.pending?.content.promises ?? []).map(({ due }) => due).sort();
      if (dues[0]) promised.set(draft, dues[0]);
    },
    over(draft, wasSent) {
      const id = toasts.get(draft);
      const due = promised.get(draft);
      toasts.delete(draft);
      promised.delete(draft);
      // What was said since is not talked over.
      const isShown = desk.toasts.list.some((toast) => toast.id === id);
      if (isShown && id !== undefined) desk.toasts.remove(id);
      if (wasSent && isShown) desk.toasts.say(sentOf(draft, due));
      if (wasSent && draft.caseId === desk.casefile.now?.id) void desk.casefile.refresh();
    },
    failed: (error) => void desk.attempt(Promise.reject(error)),
  };
}
