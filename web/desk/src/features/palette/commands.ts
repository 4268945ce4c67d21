// commands.ts — everything that can be done from here, as a line of the palette.
import {
  Bookmark,
  Check,
  Inbox,
  Keyboard,
  Languages,
  LogOut,
  Moon,
  Search,
  Settings2,
  Tag,
  UserRound,
} from '@gestand/kit';
import type { Case, CaseChange } from '@gestand/sdk';
import type { Component } from 'svelte';
import type { Desk } from '../../app/desk.svelte';
import type { Binding } from '../../app/keys';
import type { Place } from '../../app/router.svelte';
import { DENSITIES, settings, THEMES } from '../../app/settings.svelte';
import { LANGUAGES, t } from '../../app/text.svelte';
import { mayRemove, removeView } from '../views/remove';

export type CommandGroup = 'case' | 'go' | 'do' | 'cases' | 'people';

export interface Command {
  /** What its use is counted by. */
  id: string;
  group: CommandGroup;
  label: string;
  icon: Component;
  hint?: string;
  keys?: string;
  /** How well it fits, when that isn't told by its words: the server found it. */
  fit?: number;
  /** Where it leads to, which another tab can show too. */
  place?: Place;
  run: () => void;
}

/** Of a label that begins with the one word that was typed it's 3, where one begins in it 2. */
export const FIT_EXACT = 9;
export const FIT_FOUND = 2.5;
const FIT_LAST = 0.5;

export function goTo(desk: Desk, place: Place) {
  return { place, run: () => desk.router.go(place) };
}

/** What the palette is no way to: itself, what only leaves something, and what it lists itself. */
const LEFT_OUT = new Set([
  'key.palette',
  'key.back',
  'key.open',
  'key.pane',
  'key.view',
  'key.assign',
  'frame.inbox',
]);

/** From the table of keys: each with its key. */
function keyCommands(desk: Desk, bindings: readonly Binding[]): Command[] {
  return bindings.flatMap(({ keys, label, group, isOfCase, run }) => {
    const needsCase = isOfCase || group === 'case';
    if (!run || LEFT_OUT.has(label) || (needsCase && !canWrite(desk))) return [];
    const own = needsCase ? 'case' : 'do';
    return [
      { id: label, group: own, label: t(label), icon: Keyboard, keys, run: () => run(keys) },
    ] as Command[];
  });
}

function canWrite(desk: Desk): boolean {
  return desk.casefile.now !== null && desk.session.can('case:write');
}

function viewCommands(desk: Desk): Command[] {
  return desk.views.map((view, i) => ({
    id: `view.${view.id}`,
    group: 'go',
    label: view.label,
    hint: desk.saved.countOf(view.id),
    icon: Inbox,
    ...(i < 9 ? { keys: `G ${i + 1}` } : {}),
    ...goTo(desk, { view: view.id, reference: null }),
  }));
}

const STATUSES = ['new', 'open', 'waiting', 'done'] as const;

function caseCommands(desk: Desk): Command[] {
  const { now } = desk.casefile;
  if (!now || !canWrite(desk)) return [];
  const change = (change: CaseChange) => void desk.attempt(desk.casefile.change(change));
  const colleagues = desk.directory.users.filter(
    (user) => !user.disabled && user.role !== 'integration' && user.id !== now.assignee_id,
  );
  const line = (id: string, label: string, icon: Component, run: () => void): Command => ({
    id,
    group: 'case',
    label,
    icon,
    run,
  });
  return [
    ...STATUSES.filter((status) => status !== now.status).map((status) =>
      line(`status.${status}`, t('palette.status', { status: t(`status.${status}`) }), Check, () =>
        change({ status }),
      ),
    ),
    ...colleagues.map(({ id, name, email }) =>
      line(`assign.${id}`, t('palette.assign', { name: name || email }), UserRound, () =>
        change({ assignee_id: id }),
      ),
    ),
    ...(now.assignee_id
      ? [line('assign.none', t('palette.release'), UserRound, () => change({ assignee_id: null }))]
      : []),
    ...desk.directory.teams
      .filter((team) => team.id !== now.team_id)
      .map(({ id, name }) =>
        line(`team.${id}`, t('palette.team', { name }), UserRound, () => change({ team_id: id })),
      ),
    ...labelCommands(desk, now),
  ];
}

function labelCommands(desk: Desk, now: Case): Command[] {
  const has = new Set(now.labels?.map((label) => label.id));
  return desk.labels.all.map(({ id, name }) => ({
    id: `label.${id}`,
    group: 'case',
    label: t(has.has(id) ? 'palette.unlabel' : 'palette.addLabel', { name }),
    icon: Tag,
    run: () => void desk.attempt(switchLabel(desk, now.id, id, !has.has(id))),
  }));
}

async function switchLabel(desk: Desk, caseId: string, label: string, isOn: boolean) {
  if (isOn) await desk.api.putCasesByIdLabelsByLabel(caseId, label);
  else await desk.api.deleteCasesByIdLabelsByLabel(caseId, label);
  await desk.casefile.refresh();
  desk.inbox.refresh();
}

function deskCommands(desk: Desk): Command[] {
  const line = (id: string, label: string, icon: Component, run: () => void): Command => ({
    id,
    group: 'do',
    label,
    icon,
    run,
  });
  const view = desk.page ? undefined : desk.view;
  const saved = view && desk.saved.find(view.id);
  return [
    line('save', t('views.save'), Bookmark, () => (desk.saving = view?.filter ?? {})),
    ...(saved && mayRemove(desk, saved)
      ? [
          line(
            'remove',
            t('views.remove', { name: saved.name }),
            Bookmark,
            () => void removeView(desk, saved),
          ),
        ]
      : []),
    ...THEMES.map((theme) =>
      line(`theme.${theme}`, t(`theme.${theme}`), Moon, () => (settings.theme = theme)),
    ),
    ...DENSITIES.map((density) =>
      line(`density.${density}`, t(`density.${density}`), Settings2, () => {
        settings.density = density;
      }),
    ),
    ...LANGUAGES.map((language) =>
      line(`language.${language}`, t(`language.${language}`), Languages, () =>
        settings.speak(language),
      ),
    ),
    line('logout', t('login.logout'), LogOut, () => void desk.session.logout()),
  ];
}

/** The last line of all: what was typed, as a search of everything. */
export function searchCommand(desk: Desk, q: string): Command {
  const query = new URLSearchParams({ q }).toString();
  return {
    id: 'search',
    group: 'go',
    label: t('palette.search', { q }),
    icon: Search,
    fit: FIT_LAST,
    ...goTo(desk, { view: 'search', reference: null, query }),
  };
}

export function commandsOf(desk: Desk, bindings: readonly Binding[]): Command[] {
  return [
    ...keyCommands(desk, bindings),
    ...caseCommands(desk),
    ...viewCommands(desk),
    ...deskCommands(desk),
  ];
}
