// channel.ts — a channel's form and its health, from what the server says of its type.
import type { Channel, ChannelTypeForm } from '@gestand/sdk';
import { t } from '../../app/text.svelte';
import { whenOf } from './moments';

export type ChannelField = ChannelTypeForm['fields'][number];
export type Values = Record<string, string | boolean>;

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

/** How it goes, a sentence each; nothing said but "it works" when all is well. */
export function healthOf(channel: Channel): { text: string; isBad: boolean }[] {
  if (!channel.enabled) return [{ text: t('channel.off'), isBad: false }];
  const bad = [
    channel.last_error &&
      t('channel.receiveFails', {
        since: whenOf(channel.last_error_at),
        why: channel.last_error,
      }),
    channel.send_error &&
      t('channel.sendFails', { since: whenOf(channel.send_error_at), why: channel.send_error }),
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
