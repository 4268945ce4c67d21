// past.svelte.ts — what was read of a case beside the newest part of its timeline.
import type { Api, Case } from '@gestand/sdk';
import { before, joined, newestOf, oldestOf } from './history';

type Item = NonNullable<Case['timeline']>[number];
type Part = Awaited<ReturnType<Api['getCasesByIdTimeline']>>;
/** What was before the item that had this id when it was asked. */
export type Older = Part & { before: string | undefined };

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

  /** What was before; addOlder() puts it there. */
  async older(one: Case): Promise<Older> {
    const before = this.#first(one);
    return { ...(await this.#ask(one, before ? { before } : {})), before };
  }

  /** False: what it was asked for isn't shown any more, and there would be a hole between. */
  addOlder(one: Case, part: Older): boolean {
    if (part.before !== this.#first(one)) return false;
    const items = joined(part.items, this.timeline(one));
    this.#read = { of: one.id, items, hasOlder: part.has_older, isApart: this.isApart(one) };
    return true;
  }

  #first(one: Case): string | undefined {
    return oldestOf(this.timeline(one))?.id;
  }

  /** Something became of one that isn't in the newest part: it's shown as it is now. */
  async again(one: Case, id: string) {
    if (!this.#of(one)?.items.some((item) => item.id === id)) return;
    const { items } = await this.#ask(one, { around: id, limit: 1 });
    const read = this.#of(one);
    if (!read) return;
    const now = new Map(items.map((item) => [item.id, item]));
    this.#read = { ...read, items: read.items.map((item) => now.get(item.id) ?? item) };
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

  #ask(one: Case, at: Parameters<Api['getCasesByIdTimeline']>[1]): Promise<Part> {
    return this.api.getCasesByIdTimeline(one.id, { limit: PART, ...at });
  }
}
