// commands.ts — everything that can be done from here, as a line of the palette.
import {
  AlarmClock,
  ArrowDown,
  ArrowUp,
  Bookmark,
  Check,
  Gauge,
  Inbox,
  Keyboard,
  ListChecks,
  ListFilter,
  Lock,
  Languages,
  LogOut,
  Mail,
  Merge,
  MessageSquarePlus,
  MessageSquareText,
  Moon,
  PanelRight,
  Paperclip,
  Pencil,
  Printer,
  Route,
  Search,
  SquareCheck,
  Settings,
  Settings2,
  Tag,
  UserRound,
  Zap,
} from '@gestand/kit';
import type { Case, CustomerPromise } from '@gestand/sdk';
import type { Component } from 'svelte';

import type { Desk } from '../../app/desk.svelte';
import type { Binding } from '../../app/keys';
import type { Place } from '../../app/router.svelte';
import { DENSITIES, keysFor, settings, THEMES } from '../../app/settings.svelte';
import { LANGUAGES, t, type TextKey } from '../../app/text.svelte';
import { clock, momentOf } from '../../app/time.svelte';
import { channelIcon } from '../cases/channels';
import { changeMany } from '../cases/many';
import { PRIORITIES } from '../cases/moods';
import { prioritise } from '../cases/priority';
import { printCase } from '../cases/printing';
import type { ManyChange } from '../cases/waysback';
import { whoOf } from '../composer/ways.svelte';
import { split } from '../merging/merging';
import { PAGES } from '../settings/pages';
import { placeOn } from '../settings/places';
import { choicesAt, snooze } from '../snooze/snooze';
import { mayRemove, removeView } from '../views/remove';

import { moodCommands, promiseCommands } from './held';

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

const KEY_ICONS: Partial<Record<TextKey, Component>> = {
  'key.search': Search,
  'key.begin': MessageSquarePlus,
  'key.customer': PanelRight,
  'key.theme': Moon,
  'key.settings': Settings,
  'page.customers': UserRound,
  'page.duplicates': UserRound,
  'key.next': ArrowDown,
  'key.previous': ArrowUp,
  'key.take': UserRound,
  'key.pick': ListChecks,
  'key.pickRange': ListChecks,
  'key.unread': Mail,
  'key.filter': ListFilter,
  'key.reply': MessageSquareText,
  'key.way': MessageSquareText,
  'private.ask': Lock,
  'key.note': Lock,
  'snooze.ask': AlarmClock,
  'priority.ask': Gauge,
  'journey.open': Route,
  'merge.ask': Merge,
  'key.accept': Merge,
  'key.done': Check,
  'case.rename': Pencil,
  'key.promise': Bookmark,
  'task.new': SquareCheck,
  'page.tasks': SquareCheck,
};

/** From the table of keys: each with its key. */
function keyCommands(desk: Desk, bindings: readonly Binding[]): Command[] {
  return bindings.flatMap(({ keys, label, group, isOfCase, isThere, run }) => {
    const needsCase = isOfCase || group === 'case';
    if (!run || isThere?.() === false || LEFT_OUT.has(label) || (needsCase && !canWrite(desk)))
      return [];
    const own = needsCase ? 'case' : 'do';
    return [
      {
        id: label,
        group: own,
        label: t(label),
        icon: KEY_ICONS[label] ?? Keyboard,
        keys,
        run: () => run(keys),
      },
    ] as Command[];
  });
}

/** What commands of the group "case" are about: the picked cases, else the one that is open. */
function meant(desk: Desk): Case[] {
  const { now } = desk.casefile;
  return desk.picks.ids.size > 0 ? desk.picked : now ? [now] : [];
}

function canWrite(desk: Desk): boolean {
  return meant(desk).length > 0 && desk.session.can('case:write');
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

/** Who the open case is of, the first steps, and each page of the settings. */
function placeCommands(desk: Desk): Command[] {
  const { now } = desk.casefile;
  const line = (id: string, label: string, icon: Component, place: Place): Command => ({
    id,
    group: 'go',
    label,
    icon,
    ...goTo(desk, place),
  });
  return [
    ...(now?.person_id
      ? [
          line('customer', t('palette.person', { name: now.person_name }), UserRound, {
            view: 'people',
            reference: now.person_id,
          }),
        ]
      : []),
    ...(desk.start.isThere
      ? [line('start', t('page.start'), ListChecks, { view: 'start', reference: null })]
      : []),
    ...PAGES.filter(({ right }) => right === null || desk.session.can(right)).map(
      ({ id, label }) => ({
        ...line(`settings.${id}`, t(label), Settings, placeOn(id)),
        hint: t('page.settings'),
      }),
    ),
  ];
}

const STATUSES = ['new', 'open', 'waiting', 'done'] as const;

function caseCommands(desk: Desk): Command[] {
  if (!canWrite(desk)) return [];
  const cases = meant(desk);
  /** What all of them are already isn't offered. */
  const areAll = (isSo: (one: Case) => boolean) => cases.every(isSo);
  /** The open case is changed as its head does it: with both versions, where two did. */
  const change = (what: ManyChange) => {
    const isLabel = what.add_labels ?? what.remove_labels;
    if (desk.picks.ids.size > 0 || isLabel) void changeMany(desk, cases, what);
    else void desk.attempt(desk.casefile.change(what));
  };
  const colleagues = desk.directory.users.filter(
    (user) =>
      !user.disabled &&
      user.role !== 'integration' &&
      !areAll(({ assignee_id }) => assignee_id === user.id),
  );
  const line = (id: string, label: string, icon: Component, what: ManyChange): Command => ({
    id,
    group: 'case',
    label,
    icon,
    run: () => change(what),
  });
  return [
    ...STATUSES.filter((status) => !areAll((one) => one.status === status)).map((status) =>
      line(`status.${status}`, t('palette.status', { status: t(`status.${status}`) }), Check, {
        status,
      }),
    ),
    ...colleagues.map(({ id, name, email }) =>
      line(`assign.${id}`, t('palette.assign', { name: name || email }), UserRound, {
        assignee_id: id,
      }),
    ),
    ...(areAll((one) => !one.assignee_id)
      ? []
      : [line('assign.none', t('palette.release'), UserRound, { assignee_id: null })]),
    ...desk.directory.teams
      .filter((team) => !areAll(({ team_id }) => team_id === team.id))
      .map(({ id, name }) =>
        line(`team.${id}`, t('palette.team', { name }), UserRound, { team_id: id }),
      ),
    ...snoozeCommands(desk, cases),
    ...priorityCommands(desk, cases),
    ...desk.labels.all.map(({ id, name }) => {
      const isOn = areAll((one) => one.labels?.some((label) => label.id === id) ?? false);
      const label = t(isOn ? 'palette.unlabel' : 'palette.addLabel', { name });
      return line(`label.${id}`, label, Tag, isOn ? { remove_labels: [id] } : { add_labels: [id] });
    }),
  ];
}

/** Each way in which the customer of the open case can be answered. */
function wayCommands(desk: Desk): Command[] {
  const { ways } = desk;
  if (!ways || desk.picks.ids.size > 0) return [];
  return ways.open.map((way, i) => ({
    id: `way.${way.type}.${i}`,
    group: 'case',
    label: t('palette.way', { name: way.channel, address: whoOf(way) }),
    icon: channelIcon(way.type),
    run: () => ways.take(way),
  }));
}

/** What is done with what stands in the composer. */
function composerCommands(desk: Desk): Command[] {
  const { composer } = desk;
  if (!composer || desk.picks.ids.size > 0) return [];
  const line = (label: TextKey, keys: string, icon: Component, run: () => void): Command => ({
    id: label,
    group: 'case',
    label: t(label),
    icon,
    keys: keysFor(`answer.${label}`, keys),
    run,
  });
  const { isReady, canAttach, isForTeam, send, sendAs, attach } = composer;
  return [
    ...(isReady ? [line('key.send', 'Ctrl+↵', Mail, () => void send())] : []),
    ...(isReady && !isForTeam ? [line('key.sendAs', 'Ctrl+Shift+↵', Mail, sendAs)] : []),
    ...(canAttach ? [line('key.attach', 'Ctrl+Shift+A', Paperclip, attach)] : []),
  ];
}

/** The newest messages of the open case: each can be a case of its own, or go to another. */
function itemCommands(desk: Desk): Command[] {
  const { now } = desk.casefile;
  if (!now || !canWrite(desk) || desk.picks.ids.size > 0) return [];
  const newest = desk.casefile.timeline.filter(({ id }) => id.startsWith('msg_')).slice(-3);
  return newest.toReversed().flatMap(({ id, text }, i): Command[] => {
    const line = (what: string, label: string, run: () => void): Command => ({
      id: `${what}.${i}`,
      group: 'case',
      label,
      hint: (text ?? '').slice(0, 80),
      icon: Merge,
      run,
    });
    return [
      line('split', t('split.this'), () => void split(desk, now, [id])),
      line('move', t('move.this'), () => (desk.merging = { of: now, items: [id] })),
    ];
  });
}

/** The words of each macro, into the answer or note that is open. */
function macroCommands(desk: Desk): Command[] {
  const { insert } = desk;
  if (!insert || desk.picks.ids.size > 0) return [];
  return desk.macros.all.map((macro) => ({
    id: `macro.${macro.id}`,
    group: 'case',
    label: t('palette.macro', { name: macro.name }),
    hint: macro.text,
    icon: Zap,
    run: () => insert(macro),
  }));
}

/** Of one case: on paper several are several. */
function printCommands(desk: Desk): Command[] {
  if (!desk.casefile.now || desk.page || desk.picks.ids.size > 0) return [];
  const line = (what: 'customer' | 'withTeam'): Command => ({
    id: `print.${what}`,
    group: 'case',
    label: t(`print.${what}`),
    icon: Printer,
    run: () => void printCase(desk, what),
  });
  return [line('customer'), line('withTeam')];
}

/** All but the one that they have already. */
function priorityCommands(desk: Desk, cases: readonly Case[]): Command[] {
  const line = (to: Case['priority'], label: string): Command => ({
    id: `priority.${to}`,
    group: 'case',
    label,
    icon: Gauge,
    run: () => void prioritise(desk, cases, to),
  });
  return [
    ...PRIORITIES.map((to) =>
      line(
        to,
        t('palette.of', { act: t('priority.ask'), words: t(`urgency.${to}`).toLowerCase() }),
      ),
    ),
    line('judged', t('palette.unprioritise')),
  ].filter(({ id }) => !cases.every(({ priority }) => id === `priority.${priority}`));
}

function snoozeCommands(desk: Desk, cases: readonly Case[]): Command[] {
  if (cases.every(({ status }) => status === 'done')) return [];
  const line = (id: string, label: string, at: Date | null): Command => ({
    id: `snooze.${id}`,
    group: 'case',
    label,
    icon: AlarmClock,
    run: () => void snooze(desk, cases, at),
    ...(at ? { hint: momentOf(at.toISOString()) } : {}),
  });
  return [
    ...choicesAt(clock.now).map(({ id, at }) =>
      line(id, t('palette.snooze', { until: t(`snooze.${id}`).toLowerCase() }), at),
    ),
    ...(cases.some(({ snoozed_until }) => snoozed_until)
      ? [line('wake', t('snooze.wake'), null)]
      : []),
  ];
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
          line('edit', t('views.edit'), Bookmark, () => (desk.editing = saved)),
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

/** `owed`: the promises of the open case. */
export function commandsOf(
  desk: Desk,
  bindings: readonly Binding[],
  owed: readonly CustomerPromise[],
): Command[] {
  // What is about the open case comes first.
  const keys = keyCommands(desk, bindings);
  const isOfOne = canWrite(desk) && !desk.page && desk.picks.ids.size === 0;
  return [
    ...keys.filter(({ group }) => group === 'case'),
    ...wayCommands(desk),
    ...composerCommands(desk),
    ...desk.offers.all,
    ...(isOfOne ? [...promiseCommands(desk, owed), ...moodCommands(desk)] : []),
    ...macroCommands(desk),
    ...caseCommands(desk),
    ...itemCommands(desk),
    ...printCommands(desk),
    ...viewCommands(desk),
    ...placeCommands(desk),
    ...keys.filter(({ group }) => group !== 'case'),
    ...deskCommands(desk),
  ];
}
