// findings.svelte.ts — what the text that is being written says: personal data, promises,
// referrals, and how the organisation wouldn't word it.
import type { Api, Understanding } from '@gestand/sdk';

/** After typing stops. */
const PAUSE_MS = 250;
/** Before it's asked again, when no answer came: doubled each time. */
const AGAIN_MS = 2000;
const AGAIN_MAX_MS = 60_000;

export interface Finding {
  kind: 'personal' | 'promise' | 'referral' | 'style';
  /** The words themselves, as they stand in the text. */
  words: string;
  /** What is promised, how somebody is sent away, what it gives away: a word of the server's. */
  what: string;
  /** By when, to where, or how it would stand there hidden. */
  detail: string | null;
  /** Of a promise: the beginning of its window, and whether it is said without a perhaps. */
  starts?: string | null;
  isFirm?: boolean;
  /** It's asked about before it goes out. */
  isGuarded: boolean;
}

/** Of how it reads only what somebody asked for: what an organisation, or a channel, won't have. */
const UNWANTED = ['forbidden', 'wrong_address', 'too_long'];

/** The server counts in bytes of UTF-8. */
function findingsOf(text: string, found: Understanding): Finding[] {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const between = ({ from, to }: { from: number; to: number }) =>
    decoder.decode(bytes.subarray(from, to)).trim();
  const referrals = found.referrals
    .filter((one) => !one.own)
    .map((one) => ({
      kind: 'referral' as const,
      words: between(one),
      what: one.kind,
      detail: one.target,
      isGuarded: false,
    }));
  const promises = found.promises.map((one) => ({
    kind: 'promise' as const,
    words: between(one),
    what: one.action,
    detail: one.due,
    starts: one.starts,
    isFirm: one.firm,
    isGuarded: false,
  }));
  const personal = found.personal.map((one) => ({
    kind: 'personal' as const,
    words: between(one),
    what: one.kind,
    detail: one.masked.trim(),
    isGuarded: one.certainty === 'block',
  }));
  const style = found.style
    .filter((one) => UNWANTED.includes(one.kind))
    .map((one) => ({
      kind: 'style' as const,
      words: between(one),
      what: one.kind,
      detail: null,
      isGuarded: false,
    }));
  return [...promises, ...referrals, ...personal, ...style];
}

export class Findings {
  #all = $state.raw<Finding[]>([]);
  /** The words that the writer said no to: they don't come back in this text. */
  #refused = $state.raw<string[]>([]);
  readonly shown = $derived(this.#all.filter((one) => !this.#refused.includes(one.words)));
  /** What must be hidden, or be sent knowingly. */
  readonly guarded = $derived(this.shown.filter((one) => one.isGuarded));
  readonly others = $derived(this.shown.filter((one) => !one.isGuarded));
  /** The kinds that somebody decided to send. */
  readonly accepted = $derived([
    ...new Set(
      this.#all
        .filter((one) => one.isGuarded && this.#refused.includes(one.words))
        .map(({ what }) => what),
    ),
  ]);
  /** This text was to go where everybody reads it, and couldn't be looked at. */
  unseen = $state<string | null>(null);
  /** The text that was looked at last. */
  #seen = '';
  /** The text that is looked at now, or once it rests. */
  #looking = '';
  /** The one that somebody lets go without. */
  #trusted: string | null = null;
  #again = AGAIN_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;

  constructor(private api: Api) {}

  /** Looks at a text for a channel once it rests; at none when there is nothing to look at. */
  look(text: string, channel: string | null = null) {
    clearTimeout(this.#timer);
    const round = ++this.#round;
    this.#looking = text;
    this.#again = AGAIN_MS;
    if (text !== this.unseen) this.unseen = null;
    if (!text.trim()) {
      this.#all = [];
      this.#seen = text;
      return;
    }
    this.#timer = setTimeout(() => void this.#ask(text, channel, round), PAUSE_MS);
  }

  /** Is what is known of this very text? */
  knows(text: string): boolean {
    return this.#seen === text;
  }

  /** Looks now: what isn't known when it is sent is asked first. What it says, whatever is looked at
   * by then; null: no answer came. */
  async #lookAt(text: string, channel: string | null): Promise<readonly Finding[] | null> {
    clearTimeout(this.#timer);
    this.#looking = text;
    return this.#ask(text, channel, ++this.#round);
  }

  /** May it go? What nobody looked at yet is looked at first; where everybody reads it, it doesn't go
   * without but by somebody's own choice. */
  async lets(text: string, channel: string | null, isPublic: boolean): Promise<boolean> {
    const found = this.knows(text) ? this.#all : await this.#lookAt(text, channel);
    // Without an answer: what it still says of what was found before.
    const known = found ?? this.#all.filter(({ words }) => text.includes(words));
    if (known.some((one) => one.isGuarded && !this.#refused.includes(one.words))) return false;
    if (!isPublic || found || this.#trusted === text) return true;
    this.unseen = text;
    return false;
  }

  /** It goes without being looked at here; the server looks all the same. */
  trust() {
    this.#trusted = this.unseen;
    this.unseen = null;
  }

  refuse(finding: Finding) {
    this.#refused = [...this.#refused, finding.words];
  }

  async #ask(text: string, channel_id: string | null, round: number): Promise<Finding[] | null> {
    try {
      const answer = await this.api.postUnderstand({ text, channel_id, outgoing: true });
      const found = findingsOf(text, answer);
      // An overtaken look at the very text that is looked at now knows it as well.
      if (text === this.#looking) this.#is(text, found);
      return found;
    } catch {
      // In private it goes all the same. Who writes in public is told when it is to go.
      if (round === this.#round) this.#askLater(text, channel_id, round);
      return null;
    }
  }

  #is(text: string, found: Finding[]) {
    this.#all = found;
    this.#seen = text;
    this.unseen = null;
    this.#again = AGAIN_MS;
  }

  #askLater(text: string, channel: string | null, round: number) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(text, channel, round), this.#again);
    this.#again = Math.min(this.#again * 2, AGAIN_MAX_MS);
  }
}
