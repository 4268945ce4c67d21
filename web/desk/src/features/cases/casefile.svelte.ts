// casefile.svelte.ts — the case that is open: its timeline, and what one does with it.
import { type Api, ApiError, type Case, type CaseChange } from '@gestand/sdk';

import { Outgoing } from '../outgoing/outgoing.svelte';
import { Past } from './past.svelte';

export type TimelineItem = NonNullable<Case['timeline']>[number];

/** Two clocks that should be the same. */
const SKEW_MS = 60_000;

/** The server has it by now: the same words, and not from before. */
function isThere(item: TimelineItem, timeline: readonly TimelineItem[]): boolean {
  const since = Date.parse(item.at) - SKEW_MS;
  return timeline.some(
    ({ kind, text, at }) => kind === item.kind && text === item.text && Date.parse(at) >= since,
  );
}

/** So many cases are kept to be shown again at once. */
const KNOWN = 20;

/** So long the case before stays where it was. */
const PATIENCE_MS = 60;

/** Does it end before patience does? */
function inTime(work: Promise<void>): Promise<boolean> {
  const late = new Promise<boolean>((done) => setTimeout(() => done(false), PATIENCE_MS));
  return Promise.race([work.then(() => true), late]);
}

/** What was read again is mostly what is shown already: then nothing is drawn anew. */
function isSame(a: Case | null, b: Case): boolean {
  return a?.version === b.version && JSON.stringify(a) === JSON.stringify(b);
}

export class Casefile {
  now = $state.raw<Case | null>(null);
  state = $state<'none' | 'loading' | 'ready' | 'missing' | 'failed'>('none');
  /** Messages and notes that will go in a moment: they stand in the timeline already. */
  sending = $state.raw<TimelineItem[]>([]);
  /** What was read of its timeline beside the newest part. */
  readonly past: Past;
  #reference: string | null = null;
  #round = 0;
  /** What `now` was opened as. */
  #shown: string | null = null;
  #reading: Promise<void> = Promise.resolve();
  /**
   * Cases that were open before, by reference, the last one last: shown at once, then read anew.
   */
  #known = new Map<string, Case>();
  /** What is being read for who is about to open it. */
  #coming: { reference: string; read: Promise<Case> } | null = null;

  constructor(
    private api: Api,
    private outgoing = new Outgoing(api),
  ) {
    this.past = new Past(api);
  }

  get timeline(): TimelineItem[] {
    const timeline = this.past.timeline(this.now);
    if (this.past.isApart(this.now)) return [...timeline];
    return [...timeline, ...this.sending.filter((item) => !isThere(item, timeline))];
  }

  async open(reference: string | null, sketch: Case | null = null) {
    if (reference === this.#reference) return;
    this.#reference = reference;
    if (this.sending.length > 0) this.sending = [];
    this.past.leave();
    const known = reference === null ? undefined : this.#known.get(reference);
    this.state = known ? 'ready' : reference ? 'loading' : 'none';
    // What was seen before is shown at once, and so is what the list knows where nothing is
    // shown.
    if (known || !reference || !this.now) this.#show(known ?? sketch);
    const reading = this.refresh();
    // To draw it twice takes longer than to wait a little for all of it.
    const isLate = this.#shown !== reference && !(await inTime(reading));
    if (isLate && reference === this.#reference) this.#show(sketch);
    await reading;
  }

  #show(one: Case | null) {
    this.now = one;
    this.#shown = this.#reference;
  }

  /** Is the case that was opened last the one that is shown? */
  get isSettled(): boolean {
    return this.#shown === this.#reference;
  }

  /** Until what is shown is the case that was opened last. */
  async settled() {
    while (this.#shown !== this.#reference && this.state === 'loading') await this.#reading;
  }

  /**
   * Begins to read what a press that just began will open. No sooner, as at a pointer that passes
   * by: each reading is written down, for the customer to see.
   */
  expect(reference: string) {
    if (reference === this.#reference || reference === this.#coming?.reference) return;
    const coming = { reference, read: this.api.getCasesById(reference) };
    this.#coming = coming;
    const settle = () => setTimeout(() => this.#coming === coming && (this.#coming = null), 1000);
    coming.read.then(settle, settle);
  }

  /** Something happened to a case that isn't open: what is known of it isn't so any more. */
  forget(id?: string) {
    this.#coming = null;
    for (const [reference, one] of this.#known)
      if (id === undefined || one.id === id) this.#known.delete(reference);
  }

  /** Reads it again; `about`: a message that something became of, wherever in it it stands. */
  async refresh(about?: string | null): Promise<void> {
    await (this.#reading = this.#refresh());
    const { now } = this;
    // Without an answer it stays as it was; the desk says itself that there is no line.
    if (now && about) await this.past.again(now, about).catch(() => {});
  }

  async #refresh() {
    const reference = this.#reference;
    if (!reference) return;
    const round = ++this.#round;
    try {
      const read = await this.#read(reference);
      if (round !== this.#round || reference !== this.#reference) return;
      this.#keep(read);
      this.past.keep(this.now, read);
      this.#show(isSame(this.now, read) ? this.now : read);
      this.state = 'ready';
    } catch (error) {
      if (round !== this.#round || reference !== this.#reference) return;
      const isMissing = error instanceof ApiError && error.status === 404;
      if (this.#shown !== reference) this.#show(null);
      if (!this.now?.timeline) this.state = isMissing ? 'missing' : 'failed';
    }
  }

  #read(reference: string): Promise<Case> {
    const coming = this.#coming;
    if (coming?.reference !== reference) return this.api.getCasesById(reference);
    this.#coming = null;
    return coming.read;
  }

  #keep(read: Case) {
    this.#known.delete(read.reference);
    this.#known.set(read.reference, read);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KNOWN && oldest !== undefined) this.#known.delete(oldest);
  }

  /**
   * Changes the open case: as it was `seen` by who changes it, so that he hears of what another
   * changed since; left out, as it is now.
   */
  async change(change: CaseChange, seen?: Case) {
    if (this.#shown !== this.#reference) await this.settled();
    const reference = this.#reference;
    if (!this.now || this.#shown !== reference) return;
    const changed = await this.outgoing.change(seen ?? this.now, change);
    // Another case may have been opened meanwhile.
    if (reference !== this.#reference) return;
    this.now = { ...this.now, ...changed, timeline: this.now.timeline ?? [] };
    await this.refresh();
  }

  /** What is known of the open case before the server is asked again. */
  patch(id: string, change: Partial<Case>) {
    if (this.now?.id === id) this.now = { ...this.now, ...change };
  }

  /** Says what a message says; null: what we found ourselves. */
  async correct(messageId: string, subject: 'emotion' | 'intent', value: string | null) {
    if (value === null) await this.api.deleteMessagesByIdCorrectionsBySubject(messageId, subject);
    else await this.api.putMessagesByIdCorrectionsBySubject(messageId, subject, { value });
    await this.refresh(messageId);
  }

  /** Sends a message again that didn't arrive. */
  async retry(messageId: string) {
    await this.api.postOutboxByIdRetry(messageId);
    await this.refresh(messageId);
  }
}
