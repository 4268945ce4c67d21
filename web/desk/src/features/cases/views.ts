// views.ts — the lists of cases that an agent looks through, and what each asks the server for.
import type { Api, Team } from '@gestand/sdk';
import type { TextKey } from '../../app/text.svelte';

/** What the list of cases can be asked for, but which page of it. */
export type CaseFilter = Omit<NonNullable<Parameters<Api['getCases']>[0]>, 'cursor' | 'limit'>;

export interface View {
  /** As it stands in the address. */
  id: string;
  label: string;
  filter: CaseFilter;
}

const OWN: ReadonlyArray<{ id: string; label: TextKey; filter: CaseFilter }> = [
  { id: 'ours', label: 'view.ours', filter: { status: 'ours' } },
  { id: 'mine', label: 'view.mine', filter: { status: 'active', assignee: 'me' } },
  { id: 'unassigned', label: 'view.unassigned', filter: { status: 'active', assignee: 'none' } },
  { id: 'waiting', label: 'view.waiting', filter: { status: 'waiting', sort: 'newest' } },
  { id: 'snoozed', label: 'view.snoozed', filter: { status: 'snoozed' } },
  { id: 'done', label: 'view.done', filter: { status: 'done', sort: 'newest' } },
  { id: 'all', label: 'view.all', filter: { status: 'all', sort: 'newest' } },
];

/** All views, those of the teams behind our own. */
export function viewsOf(teams: readonly Team[], say: (key: TextKey) => string): View[] {
  const own = OWN.map((view) => ({ ...view, label: say(view.label) }));
  const ofTeams = teams.map((team) => ({
    id: team.id,
    label: team.name,
    filter: { status: 'active' as const, team: team.id },
  }));
  return [...own, ...ofTeams];
}
