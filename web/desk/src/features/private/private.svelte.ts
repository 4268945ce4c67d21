// private.svelte.ts — from a conversation that everybody reads into a private chat, and back: the
// links of the open case, and what one does with them.
import type { Api, Case, PrivateLink } from '@gestand/sdk';

import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';
import { choiceOf } from '../composer/ways.svelte';

export class PrivateLinks {
  all = $state.raw<PrivateLink[]>([]);

  constructor(
    private api: Api,
    private caseId: string,
  ) {}

  async refresh() {
    const read = await this.api.getCasesByIdPrivateLinks(this.caseId).catch(() => null);
    if (read) this.all = read.items;
  }
}

/** Behind what stands there already, in one paragraph: public texts are short. */
function added(text: string, more: string): string {
  return text.trim() ? `${text.trim()} ${more}` : more;
}

function answerOf(desk: Desk, one: Case) {
  return desk.drafts.of(desk.session.me?.user.id ?? '', one.id, 'reply');
}

/** Puts a link into a public answer, by which the customer goes on in private. */
export async function goPrivate(desk: Desk) {
  await desk.casefile.settled();
  const { now } = desk.casefile;
  const way = desk.ways?.open.find(({ is_public, is_here }) => is_public && is_here);
  if (!now || !desk.session.can('case:write')) return;
  if (!way) return void desk.toasts.warn(t('private.nothing'));
  const made = desk.api.postCasesByIdPrivateLinks(now.id, { channel_id: way.channel_id });
  const isMade = await desk.attempt(
    made.then((link) => {
      const draft = answerOf(desk, now);
      draft.write({ text: added(draft.content.text, link.text ?? ''), ...choiceOf(way) });
    }),
  );
  if (!isMade) return;
  desk.write('customer');
  desk.toasts.say(t('private.placed'));
}

/** Puts the closing line ready for where everybody read how it began. */
export function closePublic(desk: Desk, one: Case, link: PrivateLink) {
  const way = desk.ways?.open.find(({ channel_id }) => channel_id === link.from_channel_id);
  if (!way) return void desk.toasts.warn(t('private.shut'));
  answerOf(desk, one).write({
    text: link.closing ?? '',
    status: one.status === 'done' ? 'done' : null,
    ...choiceOf(way),
  });
  desk.write('customer');
}
