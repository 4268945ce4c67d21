// inbox.svelte.ts — the cases of one view, page by page, kept fresh by events.
import type { Api, Case } from '@gestand/sdk';
import { untrack } from 'svelte';
import { added, casesOf, EMPTY, patched, placed, seen, stale, type List } from './parts';
import type { CaseFilter } from './views';

const PAGE = 100;
const PAGE_MAX = 200;
/** Many events at once are one look, and however many there are, there is one so often. */
const GATHER_MS = 150;
const GATHER_MOST_MS = 1000;
/** As long as a row takes to leave, DESIGN.md section 10; of more at once nobody sees each. */
const LEAVE_MS = 160;
const LEAVE_MOST = 20;

export class Inbox {
  #list = $state.raw<List>(EMPTY);
  readonly cases = $derived(casesOf(this.#list));
  readonly next = $derived(this.#list.next);
  state = $state<'loading' | 'ready' | 'failed'>('loading');
  /** What is filtered in place, and the view that it is of. */
  narrowing = $state.raw<{ view: string; filter: CaseFilter } | null>(null);
  /** Rows that are going: they are shown a moment longer. */
  leaving = $state.raw<ReadonlySet<string>>(new Set());
  #filter: CaseFilter = { status: 'ours' };
  #isLoadingMore = false;
  #isLoading = false;
  /** The rows that are looked at: from the first to before the last. */
  #seen = { first: 0, last: 0 };
  /** An answer of an earlier view that comes late is left alone. */
  #round = 0;
  #opening: Promise<void> = Promise.resolve();
  /** What came to be known since it was asked for: the answer may not know it yet. */
  #meanwhile = new Map<string, Partial<Case>>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #askedAt = 0;
  /** Where cases stood that have left the list, by reference: who walks on goes on from there. */
  #left = new Map<string, number>();

  constructor(private api: Api) {}

  /** The filter of a view, with what is filtered in place. */
  filterFor(view: string | undefined, filter: CaseFilter): CaseFilter {
    return this.narrowing?.view === view ? { ...filter, ...this.narrowing?.filter } : filter;
  }

  narrow(view: string, filter: CaseFilter | null) {
    this.narrowing = filter && { view, filter };
  }

  async open(filter: CaseFilter) {
    this.#filter = filter;
    this.state = 'loading';
    this.#list = EMPTY;
    this.#left.clear();
    // Who opens it again whenever its filter changes isn't to do so when it's there.
    this.#opening = untrack(() => this.#load());
    await this.#opening;
  }

  /** Once the view that was asked for is there. */
  async settled() {
    while (this.state === 'loading') {
      const opening = this.#opening;
      await opening;
      if (opening === this.#opening) return;
    }
  }

  async more() {
    if (!this.next || this.#isLoadingMore) return;
    this.#isLoadingMore = true;
    const round = this.#round;
    try {
      const page = await this.api.getCases({ ...this.#filter, cursor: this.next, limit: PAGE });
      if (round !== this.#round) return;
      this.#list = added(this.#list, page);
    } catch {
      // The end of the list comes by again, and with it the next try.
    } finally {
      this.#isLoadingMore = false;
    }
  }

  /** These rows are looked at: what isn't known of them any more is read again. */
  see(first: number, last: number) {
    this.#seen = { first, last };
    if (this.state === 'ready' && !this.#isLoading && this.#wanted().length > 0) void this.#load();
  }

  /** Something happened to some case: look again at what is seen; at the rest when it is. */
  refresh() {
    const now = Date.now();
    if (this.#timer === undefined) this.#askedAt = now;
    clearTimeout(this.#timer);
    const wait = Math.min(GATHER_MS, Math.max(0, this.#askedAt + GATHER_MOST_MS - now));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#list = stale(this.#list);
      void this.#load();
    }, wait);
  }

  /** The case before or behind one; of a list that it isn't in, the first. */
  beside(reference: string | null, by: 1 | -1): Case | undefined {
    const at = this.cases.findIndex((one) => one.reference === reference);
    if (at >= 0) return this.cases[at + by];
    const left = this.#left.get(reference ?? '');
    if (left === undefined) return this.cases[0];
    return this.cases[by > 0 ? Math.min(left, this.cases.length - 1) : left - 1];
  }

  retry() {
    return this.open(this.#filter);
  }

  /** What is known of some rows before the server is asked again. */
  patch(changes: ReadonlyMap<string, Partial<Case>>) {
    for (const [id, change] of changes)
      this.#meanwhile.set(id, { ...this.#meanwhile.get(id), ...change });
    if (this.cases.some(({ id }) => changes.has(id))) this.#list = patched(this.#list, changes);
  }

  /** The parts to read again: the top, where news comes in, and what is seen. */
  #wanted(): number[] {
    const { parts } = this.#list;
    const { first, last } = this.#seen;
    const all = new Set([0, ...seen(this.#list, first, last)]);
    return [...all].filter((at) => parts[at]?.isStale).sort((a, b) => a - b);
  }

  async #load() {
    const round = ++this.#round;
    this.#meanwhile.clear();
    this.#isLoading = true;
    try {
      const list = await this.#read(round);
      if (!list) return;
      if (this.#go(casesOf(list))) await new Promise((gone) => setTimeout(gone, LEAVE_MS));
      if (round !== this.#round) return;
      this.#list = patched(list, this.#meanwhile);
      this.leaving = new Set();
      this.state = 'ready';
    } catch {
      this.leaving = new Set();
      if (round === this.#round && this.cases.length === 0) this.state = 'failed';
    } finally {
      if (round === this.#round) this.#isLoading = false;
    }
  }

  /** One part behind the other; null when another look began meanwhile. */
  async #read(round: number): Promise<List | null> {
    let list = this.#list;
    for (const at of this.#wanted()) {
      const part = list.parts[at];
      // The end of the list has come before it.
      if (!part) break;
      const page = await this.api.getCases({
        ...this.#filter,
        ...(part.from === null ? {} : { cursor: part.from }),
        limit: Math.min(Math.max(part.cases.length, PAGE), PAGE_MAX),
      });
      if (round !== this.#round) return null;
      list = placed(list, at, page);
    }
    return list;
  }

  /** Those that aren't in the list any more begin to leave; is it worth waiting for? */
  #go(cases: readonly Case[]): boolean {
    const stay = new Set(cases.map(({ id }) => id));
    const gone = this.cases.filter(({ id }) => !stay.has(id));
    let place = 0;
    for (const { id, reference } of this.cases)
      if (stay.has(id)) place++;
      else this.#left.set(reference, place);
    if (gone.length === 0 || gone.length > LEAVE_MOST) return false;
    this.leaving = new Set(gone.map(({ id }) => id));
    return true;
  }
}
