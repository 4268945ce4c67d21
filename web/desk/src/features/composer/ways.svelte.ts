// ways.svelte.ts — how the customer of a case can be answered, and what one of these ways carries.
import type { Api, Case, Way } from '@gestand/sdk';
import type { Content } from './content';
import { lengthIn } from './measure';

export const REASONS = [
  'choice',
  'no_answer',
  'not_delivered',
  'window_closed',
  'privacy',
  'escalation',
  'referral',
] as const;
export type Reason = (typeof REASONS)[number];

export function keyOf({ channel_id, identity_id, address }: Way): string {
  return `${channel_id} ${identity_id ?? address}`;
}

/** To whom it goes. The number of a visitor of the chat says nothing to anybody. */
export function whoOf({ type, name, address }: Way): string {
  return type === 'chat' ? (name ?? '…') : address;
}

export class Ways {
  all = $state.raw<Way[]>([]);
  /** Those that can be used now. */
  readonly open = $derived(this.all.filter(({ why_not }) => !why_not));
  readonly closed = $derived(this.all.filter(({ why_not }) => why_not));

  constructor(
    private api: Api,
    private caseId: string,
  ) {}

  async refresh() {
    // Without them an answer goes where it always went.
    const read = await this.api.getCasesByIdWays(this.caseId).catch(() => null);
    if (read && JSON.stringify(read.items) !== JSON.stringify(this.all)) this.all = read.items;
  }

  /** The one that a draft goes by: which was chosen for it, else where the case is now. */
  of({ channel, identity }: Content, one: Case): Way | null {
    const chosen = this.all.find(
      (way) => way.channel_id === channel && (!identity || way.identity_id === identity),
    );
    return chosen ?? this.#goesOn(one) ?? this.all.find((way) => way.is_usual) ?? null;
  }

  /** Where we went on, until the customer writes elsewhere, or comes to where we asked him. */
  #goesOn(one: Case): Way | undefined {
    const [first] = this.open;
    const last = newestOf(one);
    const came = Date.parse(first?.heard_at ?? '') > Date.parse(last?.at ?? '');
    if (!last || last.direction === 'in' || came) return first;
    return this.open.find((way) => way.channel_id === last.channel_id && way.is_here) ?? first;
  }

  behind(way: Way | null): Way | null {
    const at = this.open.findIndex((one) => way && keyOf(one) === keyOf(way));
    return this.open[(at + 1) % this.open.length] ?? null;
  }
}

function newestOf({ timeline }: Case) {
  return timeline?.findLast(({ kind }) => kind === 'message');
}

/** Is it another channel than the case was on? */
export function isElsewhere(way: Way | null, one: Case): boolean {
  const before = newestOf(one)?.channel_id;
  return way !== null && before !== undefined && before !== way.channel_id;
}

export function choiceOf(way: Way): Partial<Content> {
  return { channel: way.channel_id, identity: way.identity_id };
}

/** Why it doesn't go this way as it's written; null: it does. */
export function hindranceOf(
  way: Way | null,
  { text, files }: Content,
): 'long' | 'files' | 'shut' | null {
  if (!way) return null;
  if (way.why_not) return 'shut';
  if (files.length > 0 && !way.can_attach) return 'files';
  return way.text_max > 0 && lengthIn(way.text_unit, text) > way.text_max ? 'long' : null;
}

/** What goes out by it: nothing that it can't carry, and which way, where that isn't the usual. */
export function by(way: Way | null, content: Content, isMoved: boolean): Content {
  if (!way) return content;
  return {
    ...content,
    ...(way.is_usual ? { channel: null, identity: null } : choiceOf(way)),
    ...(way.can_copy ? {} : { to: null, cc: [] }),
    reason: isMoved ? content.reason : null,
  };
}
