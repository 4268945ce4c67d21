// channel.ts — a channel's form and its health, from what the server says of its type.
import type { Channel, ChannelTypeForm } from '@gestand/sdk';

import { reasons } from '../../app/reasons.svelte';
import { t, texts } from '../../app/text.svelte';
import { reachesNobody } from '../cases/channels';

import { whenOf } from './moments';

export type ChannelField = ChannelTypeForm['fields'][number];
export type Values = Record<string, string | boolean>;

/** Where the fields of a mailbox belong: what is fetched, what is sent, and what holds for both. */
const PARTS: ReadonlyArray<readonly ['imap' | 'smtp', RegExp]> = [
  ['imap', /^imap_|^sent_folder$|^checked_by$/],
  ['smtp', /^smtp_|^ca_file$/],
];

/** The fields in the order of the table, those of one part together. */
export function partsOf(fields: readonly ChannelField[]) {
  const partOf = (name: string | null = '') =>
    PARTS.find(([, names]) => names.test(name ?? ''))?.[0] ?? 'all';
  return (['all', 'imap', 'smtp'] as const)
    .map((part) => ({ part, fields: fields.filter(({ name }) => partOf(name) === part) }))
    .filter((one) => one.fields.length > 0);
}

/** What stands in the form; a secret is never shown. */
export function valuesOf(fields: readonly ChannelField[], settings: Channel['settings']): Values {
  return Object.fromEntries(
    fields.map(({ name, kind, names }) => {
      const value = settings[name ?? ''];
      if (kind === 'boolean') return [name, value === true];
      if (kind === 'number') return [name, value ? String(value) : ''];
      return [name, typeof value === 'string' ? value : (names?.[0] ?? '')];
    }),
  );
}

/** What was changed, as the server takes it: what is left out stays as it is. */
export function changesOf(fields: readonly ChannelField[], before: Values, after: Values) {
  const changed = fields.filter(({ name }) => before[name ?? ''] !== after[name ?? '']);
  return Object.fromEntries(
    changed.map((field) => [field.name, sent(field, after[field.name ?? ''])]),
  );
}

function sent({ kind, is_required }: ChannelField, value: string | boolean | undefined) {
  if (kind === 'number') return Number(value);
  return value === '' && !is_required ? null : value;
}

/**
 * A channel with its settings beside its name and team, so that each can be compared; what is
 * secret is never told.
 */
export interface FlatChannel {
  version: number;
  [field: string]: unknown;
}
const SETTING = 'settings/';

export function flatOf(fields: readonly ChannelField[], channel: Channel): FlatChannel {
  const shown = fields.filter(({ is_secret }) => !is_secret);
  return {
    ...flatDraft(
      { name: channel.name, team_id: channel.team_id, settings: channel.settings },
      shown,
    ),
    version: channel.version,
  };
}

interface Draft {
  name: string;
  team_id: string | null;
  settings: Record<string, unknown>;
}

/** The same of what is to be changed: of all fields, or of those that are named in it. */
export function flatDraft({ name, team_id, settings }: Draft, all?: readonly ChannelField[]) {
  const names = all ? all.map((field) => field.name ?? '') : Object.keys(settings);
  const flat = names.map((field) => [SETTING + field, settings[field] ?? null]);
  return { name, team_id, ...Object.fromEntries(flat) } as Record<string, unknown>;
}

/** Back again. */
export function draftOf(flat: Record<string, unknown>): Partial<Draft> {
  const all = Object.entries(flat);
  const settings = all.filter(([field]) => field.startsWith(SETTING));
  return {
    ...Object.fromEntries(all.filter(([field]) => !field.startsWith(SETTING))),
    ...(settings.length > 0 && {
      settings: Object.fromEntries(
        settings.map(([field, value]) => [field.slice(SETTING.length), value]),
      ),
    }),
  };
}

/** What a field of a clash is called, and its value said. */
export function clashLabel(field: string): string {
  if (!field.startsWith(SETTING)) return texts.sayOr(`conflict.field.${field}`, field);
  const name = field.slice(SETTING.length);
  return texts.sayOr(`channelField.${name}`, name.replaceAll('_', ' '));
}
export function clashValue(value: unknown): string {
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  return texts.sayOr(`channelChoice.${String(value)}`, String(value ?? ''));
}

/** How it goes, a sentence each; nothing said but "it works" when all is well. */
export function healthOf(channel: Channel): { text: string; isBad: boolean }[] {
  if (!channel.enabled) return [{ text: t('channel.off'), isBad: false }];
  if (reachesNobody(channel)) return [{ text: t('channel.demo'), isBad: false }];
  const bad = [
    channel.last_error &&
      t('channel.receiveFails', {
        since: whenOf(channel.last_error_at),
        why: reasons.say(channel.last_error),
      }),
    channel.send_error &&
      t('channel.sendFails', {
        since: whenOf(channel.send_error_at),
        why: reasons.say(channel.send_error),
      }),
  ].filter((text) => text !== null);
  const waiting = channel.backlog > 0 ? [t('channel.backlog', { n: channel.backlog })] : [];
  const good = [channel.last_good_at, channel.send_good_at].filter((at) => at !== null).sort();
  const last = good.at(-1);
  const usual = last ? t('channel.works', { moment: whenOf(last) }) : t('channel.unheard');
  const calm = bad.length > 0 ? waiting : [usual, ...waiting];
  return [
    ...bad.map((text) => ({ text, isBad: true })),
    ...calm.map((text) => ({ text, isBad: false })),
  ];
}

/** Where a web form stands: for who makes a link to it. */
export function pageOf(channelId: string): string {
  return `${location.origin}/form/${channelId}`;
}

/** What a site puts on its pages to have this chat on them. */
export function embedOf(channelId: string): string {
  return `<script src="${location.origin}/widget.js" data-channel="${channelId}" async></script>`;
}
