// told.ts — what a person is told of the changes that waited, and of those that clash.
import type { Desk } from '../../app/desk.svelte';
import { t, texts } from '../../app/text.svelte';
import { momentOf } from '../../app/time.svelte';
import { wordsOf } from '../../app/words';

/** Looks after what waits, as long as somebody is logged in. */
export function followOutgoing(desk: Desk): () => void {
  const { outgoing, directory, toasts } = desk;
  outgoing.show = ({ field }, value) => {
    const id = typeof value === 'string' ? value : '';
    if (field === 'status') return texts.sayOr(`status.${id}`, id);
    if (field === 'assignee_id') return id && directory.nameOf(id);
    if (field === 'team_id') return directory.teamOf(id);
    if (field === 'priority') return texts.sayOr(`urgency.${id}`, t('priority.judged'));
    if (field === 'snoozed_until') return id && momentOf(id);
    return String(value ?? '');
  };
  outgoing.onRefused = ({ name }, error) =>
    toasts.warn(t('outgoing.refused', { name, why: wordsOf(error) }));
  outgoing.onKept = () => toasts.say(t('outgoing.kept'));
  outgoing.onArrived = (caseId) => {
    if (caseId === desk.casefile.now?.id) void desk.casefile.refresh();
  };
  return outgoing.follow(desk.session.me?.user.id ?? '');
}
