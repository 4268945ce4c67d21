// content.ts — what a draft says, and what becomes of it when it was written in two places.
import type { Draft, DraftContent, File as Uploaded } from '@gestand/sdk';
import { fromBody, toBody, type Promised } from './promised';
import type { Reason } from './ways.svelte';

export type Status = 'open' | 'waiting' | 'done';
export type Kind = 'reply' | 'note';
export type Attached = Pick<Uploaded, 'id' | 'name' | 'size'>;

export interface Content {
  text: string;
  /** Null: whoever wrote last. */
  to: string | null;
  cc: readonly string[];
  files: readonly Attached[];
  /** Kinds of personal data that are sent knowingly. */
  personal: readonly string[];
  /** What it promises, as its writer took it over. */
  promises: readonly Promised[];
  /** What the case becomes; null: as the writer usually has it. */
  status: Status | null;
  /** The way that was chosen for it; null: none was. */
  channel: string | null;
  identity: string | null;
  /** Why it goes by another channel than the case went before. */
  reason: Reason | null;
}

export const EMPTY: Content = {
  text: '',
  to: null,
  cc: [],
  files: [],
  personal: [],
  promises: [],
  status: null,
  channel: null,
  identity: null,
  reason: null,
};

export function contentOf({ content, attached }: Draft): Content {
  const { text, to, cc, personal, status, channel_id, identity_id, reason } = content;
  const files = content.files.flatMap((id) => attached.filter((file) => file.id === id));
  return {
    text,
    to,
    cc,
    files,
    personal,
    promises: fromBody(content.promises),
    status: status === 'new' ? null : status,
    channel: channel_id,
    identity: identity_id,
    reason: reason === 'unsaid' ? null : reason,
  };
}

export function bodyOf(content: Content): DraftContent {
  const { text, to, cc, files, personal, promises, status, channel, identity, reason } = content;
  return {
    text,
    to,
    cc: [...cc],
    files: files.map(({ id }) => id),
    personal: [...personal],
    ...(promises.length > 0 ? { promises: promises.map(toBody) } : {}),
    ...(status ? { status } : {}),
    ...(channel ? { channel_id: channel } : {}),
    ...(identity ? { identity_id: identity } : {}),
    ...(reason ? { reason } : {}),
  };
}

/** Its status or way alone is nothing that somebody wrote. */
export function isEmpty({ text, to, cc, files, promises }: Content): boolean {
  return !text && !to && [cc, files, promises].every(({ length }) => length === 0);
}

export function isSame(one: Content, other: Content): boolean {
  return JSON.stringify(bodyOf(one)) === JSON.stringify(bodyOf(other));
}

/** All of the first, and what only the other has. */
export function union<Item>(
  one: readonly Item[],
  other: readonly Item[],
  by: (item: Item) => string,
) {
  const known = new Set(one.map(by));
  return [...one, ...other.filter((item) => !known.has(by(item)))];
}

/** One under the other, unless one says all of it. */
export function bothTexts(ours: string, theirs: string): string {
  if (!theirs.trim() || ours.includes(theirs)) return ours;
  if (!ours.trim() || theirs.includes(ours)) return theirs;
  return `${ours}\n\n${theirs}`;
}

function wayOf({ channel, identity, reason }: Content) {
  return { channel, identity, reason };
}

/** Both, one under the other: nothing of either is lost. */
export function joined(ours: Content, theirs: Content): Content {
  return {
    text: bothTexts(ours.text, theirs.text),
    to: ours.to ?? theirs.to,
    cc: union(ours.cc, theirs.cc, String),
    files: union(ours.files, theirs.files, ({ id }) => id),
    personal: union(ours.personal, theirs.personal, String),
    promises: union(ours.promises, theirs.promises, ({ words }) => words),
    status: ours.status ?? theirs.status,
    ...(ours.channel ? wayOf(ours) : wayOf(theirs)),
  };
}

/** What holds when `base` became `ours` here and `theirs` in another window. */
export function settled(base: Content, ours: Content, theirs: Content): Content {
  if (isSame(ours, theirs) || isSame(base, ours)) return theirs;
  return isSame(base, theirs) ? ours : joined(ours, theirs);
}

/** Who reads it. */
export type Audience = 'customer' | 'team';

/** What a case becomes: over a promise it isn't closed. */
export function statusOf(wanted: Status, isOwed: boolean): Status {
  return isOwed && wanted === 'done' ? 'waiting' : wanted;
}
