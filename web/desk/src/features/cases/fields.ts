// fields.ts — what one case is changed to from its head, each with its way back.
import type { MenuItem } from '@gestand/kit';
import type { Case, CaseChange } from '@gestand/sdk';

import type { Desk } from '../../app/desk.svelte';
import { keysFor } from '../../app/settings.svelte';
import { t } from '../../app/text.svelte';
import { changeMany } from './many';

/** What brings it back. Nothing goes back to new: it becomes open. */
export function before(one: Case, what: CaseChange): CaseChange {
  const was = Object.keys(what).map((field) => [field, one[field as keyof Case] ?? null] as const);
  const back = Object.fromEntries(was) as CaseChange;
  return back.status === 'new' ? { ...back, status: 'open' } : back;
}

/** Changes the open case, and offers the way back. */
export async function changeOpen(desk: Desk, one: Case, what: CaseChange) {
  if (desk.casefile.now?.id !== one.id) return;
  if (await desk.attempt(desk.casefile.change(what, one))) offerBack(desk, one, what);
}

/** The way back from what one was changed to. */
export function offerBack(desk: Desk, one: Case, what: CaseChange, said = t('case.changed')) {
  const { now } = desk.casefile;
  const after = now?.id === one.id ? now : { ...one, ...what };
  const back = () => {
    const isOpen = desk.casefile.now?.id === one.id;
    const work = isOpen
      ? desk.casefile.change(before(one, what))
      : desk.outgoing.change(after as Case, before(one, what));
    void desk.attempt(work);
  };
  desk.toasts.say(said, { label: t('undo'), run: back });
}

const STATUSES = ['open', 'waiting', 'done'] as const;

export function statusItems(desk: Desk, one: Case): MenuItem[] {
  return STATUSES.map((status) => ({
    label: t(`status.${status}`),
    isCurrent: one.status === status,
    run: () => void changeOpen(desk, one, { status }),
    ...(status === 'done' ? { keys: keysFor('case.key.done', 'E') } : {}),
  }));
}

export function teamItems(desk: Desk, one: Case): MenuItem[] {
  const line = (team_id: string | null, label: string): MenuItem => ({
    label,
    isCurrent: one.team_id === team_id,
    run: () => void changeOpen(desk, one, { team_id }),
  });
  return [
    ...desk.directory.teams.map(({ id, name }) => line(id, name)),
    line(null, t('case.noTeam')),
  ];
}

/** One that it has is taken off. */
export function labelItems(desk: Desk, one: Case): MenuItem[] {
  return desk.labels.all.map(({ id, name }) => {
    const isOn = one.labels?.some((label) => label.id === id) ?? false;
    const what = isOn ? { remove_labels: [id] } : { add_labels: [id] };
    return { label: name, isCurrent: isOn, run: () => void changeMany(desk, [one], what) };
  });
}
