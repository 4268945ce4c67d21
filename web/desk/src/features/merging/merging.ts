// merging.ts — cases become one, or fall apart again; what was done can be undone for ever.
import type { Case, CaseMerge, CaseMove } from '@gestand/sdk';

import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';
import type { TimelineItem } from '../cases/casefile.svelte';

export type Proposal = NonNullable<Case['proposals']>[number];
export interface Reason {
  kind: 'number' | 'address' | 'words' | 'asks_news' | 'only_one' | 'waits' | 'recent';
  words?: string[];
}
type Place = Pick<Case, 'id' | 'reference'>;

/** Whatever it is by now: who undoes something doesn't care what came in between. */
const ANY = '*';

/** What an event of a case can be undone by; null: nothing, or it was already. */
export function wayBackOf(
  item: TimelineItem,
  timeline: readonly TimelineItem[],
): { kind: 'merge' | 'move' | 'join'; id: string } | null {
  const data = (item.data ?? {}) as { merge?: string; move?: string };
  const isUndone = (kind: string, field: 'merge' | 'move') =>
    timeline.some(
      (one) =>
        one.kind === kind && (one.data as Record<string, string> | null)?.[field] === data[field],
    );
  if (item.kind === 'case.merged' && data.merge)
    return isUndone('case.unmerged', 'merge') ? null : { kind: 'merge', id: data.merge };
  if ((item.kind === 'case.split' || item.kind === 'case.moved') && data.move)
    return isUndone('case.move_undone', 'move') ? null : { kind: 'move', id: data.move };
  if (item.kind === 'case.joined' && item.about && joinedWith(item, timeline).length > 0)
    return { kind: 'join', id: item.about };
  return null;
}

/** The messages of the conversation that joined, which are still here beside others. */
export function joinedWith(item: TimelineItem, timeline: readonly TimelineItem[]): string[] {
  const messages = timeline.filter(({ kind }) => kind === 'message');
  const first = messages.find(({ id }) => id === item.about);
  const own = messages.filter((one) => one.conversation_id === first?.conversation_id);
  return first && own.length < messages.length ? own.map(({ id }) => id) : [];
}

/** In words, the strongest first. */
export function reasonsOf(reasons: readonly Reason[]): string {
  return reasons
    .map(({ kind, words }) => t(`join.${kind}`, { words: (words ?? []).join(', ') }))
    .join(' · ');
}

async function readAnew(desk: Desk) {
  desk.casefile.forget();
  desk.inbox.refresh();
  await desk.casefile.refresh();
}

/** Puts the case into another one, which is open then. */
export async function merge(desk: Desk, loser: Case, into: Place) {
  let made: CaseMerge | undefined;
  const work = desk.api.postCasesByIdMerge(loser.id, { into: into.id }, `"${loser.version}"`);
  if (!(await desk.attempt(work.then((one) => (made = one)))) || !made) return;
  const { id } = made;
  desk.router.go({ view: desk.router.place.view, reference: into.reference });
  await readAnew(desk);
  desk.toasts.say(t('merge.done', { reference: into.reference }), {
    label: t('undo'),
    run: () => void undoMerge(desk, into.id, id),
  });
}

export async function undoMerge(desk: Desk, caseId: string, mergeId: string) {
  if (!(await desk.attempt(desk.api.deleteCasesByIdMergesByMerge(caseId, mergeId, ANY)))) return;
  await readAnew(desk);
  desk.toasts.say(t('merge.undone'));
}

function picksOf(ids: readonly string[]) {
  return {
    messages: ids.filter((id) => id.startsWith('msg_')),
    notes: ids.filter((id) => id.startsWith('not_')),
  };
}

async function say(desk: Desk, one: Case, work: Promise<CaseMove>, text: string) {
  let made: CaseMove | undefined;
  if (!(await desk.attempt(work.then((move) => (made = move)))) || !made) return;
  const { id } = made;
  await readAnew(desk);
  desk.toasts.say(text, { label: t('undo'), run: () => void undoMove(desk, one.id, id) });
}

/** Makes a case of its own of some messages or notes. */
export async function split(desk: Desk, one: Case, ids: readonly string[]) {
  await say(desk, one, desk.api.postCasesByIdSplit(one.id, picksOf(ids), ANY), t('split.done'));
}

/** Puts some messages or notes into another case. */
export async function moveTo(desk: Desk, one: Case, ids: readonly string[], to: Place) {
  const work = desk.api.postCasesByIdMoves(one.id, { ...picksOf(ids), to: to.id }, ANY);
  await say(desk, one, work, t('move.done', { reference: to.reference }));
}

export async function undoMove(desk: Desk, caseId: string, moveId: string) {
  if (!(await desk.attempt(desk.api.deleteCasesByIdMovesByMove(caseId, moveId, ANY)))) return;
  await readAnew(desk);
  desk.toasts.say(t('move.undone'));
}

/** It's asked no more, unless that is taken back. */
export async function refuse(desk: Desk, one: Case, proposal: Proposal) {
  const put = (state: 'open' | 'refused') =>
    desk.api
      .putCasesByIdProposalsByProposal(one.id, proposal.id, { state })
      .then(() => desk.casefile.refresh());
  if (!(await desk.attempt(put('refused')))) return;
  desk.toasts.say(t('proposal.refused', { reference: proposal.reference }), {
    label: t('undo'),
    run: () => void desk.attempt(put('open')),
  });
}
