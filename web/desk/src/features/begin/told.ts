// told.ts — what the desk says of a contact that is begun, and where it leads.
import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';
import { wordsOf } from '../../app/words';
import type { Told } from './begin.svelte';

export function toldOf(desk: Desk): Told {
  let toast: number | undefined;

  function hush() {
    if (toast !== undefined) desk.toasts.remove(toast);
    toast = undefined;
  }
  return {
    held() {
      const takeBack = () => {
        if (!desk.begun.takeBack()) desk.toasts.say(t('composer.tooLate'));
      };
      toast = desk.toasts.say(t('composer.sending'), { label: t('undo'), run: takeBack });
    },
    over(one) {
      hush();
      if (!one) return desk.begin();
      const open = () => desk.router.go({ view: desk.lastList, reference: one.reference });
      const what = t(one.messages_n > 0 ? 'composer.sent' : 'begin.noted');
      // Who went on to something else is left there; so is who began the next one on the same page.
      if (desk.page === 'new' && !desk.begun.isGoingOn) {
        open();
        desk.toasts.say(what);
      } else desk.toasts.say(what, { label: t('begin.open'), leads: true, run: open });
    },
    failed(error) {
      hush();
      desk.toasts.warn(wordsOf(error));
      if (desk.page !== 'new') desk.begin();
    },
  };
}
