// begun.ts — what somebody writes first: to whom, over what, and what. Pure.
import type { Beginning, Way } from '@gestand/sdk';
import { isAddress } from '../composer/addresses';
import { bothTexts, union, type Attached, type Status } from '../composer/content';
import { toBody, type Promised } from '../composer/promised';

/** Somebody who is known, or an address that may be nobody's yet. */
export interface Whom {
  person: string | null;
  to: string;
  /** What he is called; of an address nobody has it's asked for. */
  name: string;
}

export interface Begun {
  /** By which it's the same one in another tab, whatever stands in it; '': nothing was begun yet. */
  id: string;
  whom: Whom | null;
  /** The way, by keyOf(); null: the first. */
  way: string | null;
  /** Nothing is sent: it's noted down for the team. */
  isNote: boolean;
  subject: string;
  text: string;
  files: readonly Attached[];
  /** What it promises, as its writer took it over. */
  promises: readonly Promised[];
  status: Status | null;
  labels: readonly string[];
}

export const NOTHING: Begun = {
  id: '',
  whom: null,
  way: null,
  isNote: false,
  subject: '',
  text: '',
  files: [],
  promises: [],
  status: null,
  labels: [],
};

/** Whom alone is nothing that somebody wrote. */
export function isUnwritten({ subject, text, files }: Begun): boolean {
  return !subject.trim() && !text.trim() && files.length === 0;
}

export function isSameWhom(one: Whom | null, other: Whom | null): boolean {
  if (!one || !other) return one === other;
  return one.person === other.person && one.to === other.to;
}

/** Can they stand in one message? What is for the team never comes under what is for a customer. */
export function areOne(one: Begun, other: Begun): boolean {
  const [ours, theirs] = [one.subject.trim(), other.subject.trim()];
  const isSameMatter = !ours || !theirs || ours === theirs;
  return isSameWhom(one.whom, other.whom) && one.isNote === other.isNote && isSameMatter;
}

/** Both, one under the other: nothing of either is lost. */
export function joined(ours: Begun, theirs: Begun): Begun {
  return {
    ...ours,
    subject: ours.subject.trim() ? ours.subject : theirs.subject,
    text: bothTexts(ours.text, theirs.text),
    files: union(ours.files, theirs.files, ({ id }) => id),
    promises: union(ours.promises, theirs.promises, ({ words }) => words),
    status: ours.status ?? theirs.status,
    labels: union(ours.labels, theirs.labels, String),
  };
}

/** Could it be a telephone number? The server knows better. */
function isNumber(written: string): boolean {
  return /^\+?[\d\s().\-/]{6,25}$/.test(written) && (written.match(/\d/g) ?? []).length >= 6;
}

/** What is typed is an address itself, and not only words to look for. */
export function isReachable(written: string): boolean {
  return isAddress(written) || isNumber(written);
}

export type Lack = 'whom' | 'subject' | 'text' | 'way';

/** What is still to be filled in; null: it can go. */
export function lackOf(one: Begun, way: Way | null): Lack | null {
  if (!one.whom) return 'whom';
  if (!one.isNote && (!way || way.why_not)) return 'way';
  if (!one.isNote && way?.has_subject && !one.subject.trim()) return 'subject';
  return one.text.trim() ? null : 'text';
}

/** As the server takes it; `text` with what stands under it. */
export function bodyOf(
  one: Begun,
  way: Way | null,
  text: string,
  personal: readonly string[],
): Beginning {
  const { whom, subject, files, promises, status, labels, isNote } = one;
  return {
    ...(whom?.person ? { person_id: whom.person } : { to: whom?.to ?? '' }),
    ...(whom && !whom.person && whom.name.trim() ? { name: whom.name.trim() } : {}),
    ...(subject.trim() ? { subject: subject.trim() } : {}),
    ...(isNote ? { note: text } : { text, channel_id: way?.channel_id ?? null }),
    ...(!isNote && way?.identity_id && whom?.person ? { identity_id: way.identity_id } : {}),
    ...(personal.length > 0 && !isNote ? { personal: [...personal] } : {}),
    ...(promises.length > 0 && !isNote ? { promises: promises.map(toBody) } : {}),
    ...(status ? { status } : {}),
    files: files.map(({ id }) => id),
    labels: [...labels],
  };
}
