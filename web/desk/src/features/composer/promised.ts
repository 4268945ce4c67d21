// promised.ts — what an answer promises and its writer took over: recorded when it is sent. A draft
// carries it, so that a reload or another device has it, too.
import type { Draft, PromiseDraft } from '@gestand/sdk';
import type { Finding } from '../understanding/findings.svelte';

export interface Promised {
  kind: NonNullable<PromiseDraft['kind']>;
  /** As they are said: those of the text, or its writer's. */
  words: string;
  starts: string | null;
  due: string;
  isFirm: boolean;
  /** Who does it; null: the team of the case. */
  team: string | null;
}

const KINDS: Record<string, Promised['kind']> = {
  callback: 'callback',
  reply: 'reply',
  deliver: 'delivery',
  refund: 'refund',
  visit: 'visit',
  fix: 'repair',
};

export function kindOf({ what }: Finding): Promised['kind'] {
  return KINDS[what] ?? 'other';
}

/** As the server writes it: a moment is the same one in any zone. */
function moment(at: string): string {
  return new Date(at).toISOString();
}

/** What a finding promises; null: it doesn't say by when. */
export function promisedIn(finding: Finding): Promised | null {
  const { kind, detail, starts, isFirm, words } = finding;
  if (kind !== 'promise' || !detail) return null;
  return {
    kind: kindOf(finding),
    words,
    starts: starts ? moment(starts) : null,
    due: moment(detail),
    isFirm: isFirm ?? false,
    team: null,
  };
}

/** "!morgen 12:00" is said to us, not to the customer. */
export function isShort({ words }: Pick<Promised, 'words'>): boolean {
  return words.startsWith('!');
}

export function fromBody(all: Draft['content']['promises']): Promised[] {
  return all.map(({ kind, words, starts_at, due_at, is_firm, team_id }) => ({
    kind,
    words,
    starts: starts_at,
    due: due_at,
    isFirm: is_firm,
    team: team_id,
  }));
}

export function toBody({ kind, words, starts, due, isFirm, team }: Promised): PromiseDraft {
  return {
    kind,
    words,
    due_at: due,
    is_firm: isFirm,
    ...(starts ? { starts_at: starts } : {}),
    ...(team ? { team_id: team } : {}),
  };
}

export function isTaken(all: readonly Promised[], finding: Finding): boolean {
  const due = finding.detail && moment(finding.detail);
  const isIn = (one: string, other: string) => one.includes(other) || other.includes(one);
  return all.some((one) => one.due === due && isIn(one.words, finding.words));
}

/** One more; of the same words with another moment the newest holds. */
export function taking(all: readonly Promised[], one: Promised): Promised[] {
  return [...all.filter(({ words }) => words !== one.words), one];
}

/** What still holds when a text is changed: words that stood in it and don't any more promise
 * nothing. Those that never did were added by hand, and stay. */
export function stillSaid(
  all: readonly Promised[],
  before: string,
  after: string,
): readonly Promised[] {
  const isGone = ({ words }: Promised) => before.includes(words) && !after.includes(words);
  return all.some(isGone) ? all.filter((one) => !isGone(one)) : all;
}
