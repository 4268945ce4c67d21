// told.ts — an alert in words, and where it leads.
import type { Alert } from '@gestand/sdk';
import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';

export function wordsOfAlert(desk: Desk, { kind, by_user_id, title }: Alert): string {
  return t(`alert.${kind}`, { name: desk.directory.nameOf(by_user_id), title });
}

export function openAlert(desk: Desk, { reference, task_id }: Alert) {
  if (task_id) return desk.router.go({ view: 'tasks', reference: task_id });
  desk.router.go({ view: desk.view?.id ?? 'ours', reference });
}

/** Says what comes in, but never in the place of a way back. */
export function tellAlert(desk: Desk, alert: Alert) {
  const { view, reference } = desk.router.place;
  const isShown = alert.task_id
    ? view === 'tasks' && reference === alert.task_id
    : desk.casefile.now?.id === alert.case_id;
  const isOpen = isShown && document.visibilityState === 'visible';
  if (isOpen || desk.toasts.list.some(({ action }) => action)) return;
  desk.toasts.say(wordsOfAlert(desk, alert), {
    label: t('alert.open'),
    leads: true,
    run: () => openAlert(desk, alert),
  });
}
