// past.svelte.ts — what was read of a case beside the newest part of its timeline.
import type { Api, Case } from '@gestand/sdk';
import { before, joined, newestOf, oldestOf } from './history';

type Item = NonNullable<Case['timeline']>[number];
export type Part = Awaited<ReturnType<Api['getCasesByIdTimeline']>>;

/** So many are read at once, and so many at both sides of one that was looked for. */
const PART = 100;

interface Read {
  /** The id of the case. */
  of: string;
  items: readonly Item[];
  hasOlder: boolean;
  /** There is more between these and the newest part. */
  isApart: boolean;
}

export class Past {
  #read = $state.raw<Read | null>(null);

  constructor(private api: Api) {}

  #of(one: Case | null): Read | null {
    return this.#read && this.#read.of === one?.id ? this.#read : null;
  }

  isApart(one: Case | null): boolean {
    return this.#of(one)?.isApart ?? false;
  }

  hasOlder(one: Case | null): boolean {
    return this.#of(one)?.hasOlder ?? one?.has_older ?? false;
  }

  timeline(one: Case | null): readonly Item[] {
    const read = this.#of(one);
    if (!read) return one?.timeline ?? [];
    return read.isApart ? read.items : joined(read.items, one?.timeline ?? []);
  }

  /** The newest part was read again; `was` is what was known before. */
  keep(was: Case | null, now: Case) {
    const read = this.#of(now);
    if (was?.id !== now.id || !was.timeline || read?.isApart) return;
    const kept = before(this.timeline(was), now.timeline ?? []);
    if (kept === null) this.#read = null;
    else if (kept.length > 0)
      this.#read = { of: now.id, items: kept, hasOlder: this.hasOlder(was), isApart: false };
  }

  /** Back to the newest part. */
  leave() {
    this.#read = null;
  }

  /** What was before; add() puts it there. */
  older(one: Case): Promise<Part> {
    const first = oldestOf(this.timeline(one));
    return this.#ask(one, first ? { before: first.id } : {});
  }

  addOlder(one: Case, part: Part) {
    const items = joined(part.items, this.timeline(one));
    this.#read = { of: one.id, items, hasOlder: part.has_older, isApart: this.isApart(one) };
  }

  /** What comes behind a part that is apart, until it reaches the newest one. */
  async newer(one: Case) {
    const read = this.#of(one);
    const last = read?.isApart && newestOf(read.items);
    if (!read || !last) return;
    const part = await this.#ask(one, { after: last.id });
    if (this.#read !== read) return;
    const items = joined(read.items, part.items);
    this.#read = { ...read, items, isApart: part.has_newer };
  }

  /** Is it there now, with what is beside it? */
  async reach(one: Case, id: string): Promise<boolean> {
    if (this.timeline(one).some((item) => item.id === id)) return true;
    const part = await this.#ask(one, { around: id });
    if (!part.items.some((item) => item.id === id)) return false;
    const { items, has_older: hasOlder, has_newer: isApart } = part;
    this.#read = { of: one.id, items, hasOlder, isApart };
    return true;
  }

  #ask(one: Case, at: { before?: string; after?: string; around?: string }): Promise<Part> {
    return this.api.getCasesByIdTimeline(one.id, { ...at, limit: PART });
  }
}
