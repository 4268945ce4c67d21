// told.ts — an alert in words, and where it leads.
import type { Alert } from '@gestand/sdk';
import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';

export function wordsOfAlert(desk: Desk, { kind, by_user_id, title }: Alert): string {
  return t(`alert.${kind}`, { name: desk.directory.nameOf(by_user_id), title });
}

export function openAlert(desk: Desk, { reference }: Alert) {
  desk.router.go({ view: desk.view?.id ?? 'ours', reference });
}

/** Says what comes in, but never in the place of a way back. */
export function tellAlert(desk: Desk, alert: Alert) {
  const isOpen = desk.casefile.now?.id === alert.case_id && document.visibilityState === 'visible';
  if (isOpen || desk.toasts.list.some(({ action }) => action)) return;
  desk.toasts.say(wordsOfAlert(desk, alert), {
    label: t('alert.open'),
    leads: true,
    run: () => openAlert(desk, alert),
  });
}
