// closing.ts — closes the open case; over what it owes only when somebody has said what becomes of it.
import { ApiError, type Case } from '@gestand/sdk';

import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';
import { wordsOf } from '../../app/words';
import { offerBack } from '../cases/fields';

/** Asks about what it owes, when that is why it can't be closed. False: it isn't closed. */
export async function close(desk: Desk, one: Case): Promise<boolean> {
  try {
    await desk.casefile.change({ status: 'done' }, one);
    offerBack(desk, one, { status: 'done' }, t('closing.done'));
    return true;
  } catch (error) {
    const owed =
      error instanceof ApiError && error.status === 409
        ? (await desk.api.getCasesByIdPromises(one.id).catch(() => ({ items: [] }))).items
        : [];
    const isOwed = owed.filter(({ is_owed }) => is_owed);
    if (isOwed.length > 0) desk.closing = { of: one, owed: isOwed };
    else desk.toasts.warn(wordsOf(error));
    return false;
  }
}
