// inbox.svelte.ts — the cases of one view, page by page, kept fresh by events.
import type { Api, Case } from '@gestand/sdk';
import type { CaseFilter } from './views';

const PAGE = 100;
const PAGE_MAX = 200;
/** Many events at once are one look, and however many there are, there is one so often. */
const GATHER_MS = 150;
const GATHER_MOST_MS = 1000;
/** As long as a row takes to leave, DESIGN.md section 10; of more at once nobody sees each. */
const LEAVE_MS = 160;
const LEAVE_MOST = 20;

function patched(cases: readonly Case[], changes: ReadonlyMap<string, Partial<Case>>): Case[] {
  return cases.map((one) => {
    const change = changes.get(one.id);
    return change ? { ...one, ...change } : one;
  });
}

export class Inbox {
  cases = $state.raw<Case[]>([]);
  state = $state<'loading' | 'ready' | 'failed'>('loading');
  next = $state<string | null>(null);
  /** What is filtered in place, and the view that it is of. */
  narrowing = $state.raw<{ view: string; filter: CaseFilter } | null>(null);
  /** Rows that are going: they are shown a moment longer. */
  leaving = $state.raw<ReadonlySet<string>>(new Set());
  #filter: CaseFilter = { status: 'ours' };
  #isLoadingMore = false;
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
    this.cases = [];
    this.#left.clear();
    this.#opening = this.#load(PAGE);
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
      const known = new Set(this.cases.map((one) => one.id));
      this.cases = [...this.cases, ...page.items.filter((one) => !known.has(one.id))];
      this.next = page.next;
    } catch {
      // The end of the list comes by again, and with it the next try.
    } finally {
      this.#isLoadingMore = false;
    }
  }

  /** Something happened to some case: look again at as much as is shown. */
  refresh() {
    const now = Date.now();
    if (this.#timer === undefined) this.#askedAt = now;
    clearTimeout(this.#timer);
    const wait = Math.min(GATHER_MS, Math.max(0, this.#askedAt + GATHER_MOST_MS - now));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#load(Math.max(PAGE, this.cases.length));
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
    if (this.cases.some(({ id }) => changes.has(id))) this.cases = patched(this.cases, changes);
  }

  async #load(limit: number) {
    const round = ++this.#round;
    this.#meanwhile.clear();
    try {
      const page = await this.api.getCases({
        ...this.#filter,
        limit: Math.min(limit, PAGE_MAX),
      });
      if (round !== this.#round) return;
      // What was read further down stays until it's scrolled to again; who is new above pushes
      // as many of those that were read anew out of the page.
      const before = new Set(this.cases.map((one) => one.id));
      const end = page.items.filter((one) => before.has(one.id)).length;
      const rest = limit > page.items.length && page.next ? this.cases.slice(end) : [];
      const known = new Set(page.items.map((one) => one.id));
      const cases = [...page.items, ...rest.filter((one) => !known.has(one.id))];
      if (this.#go(cases)) await new Promise((gone) => setTimeout(gone, LEAVE_MS));
      if (round !== this.#round) return;
      this.cases = patched(cases, this.#meanwhile);
      this.leaving = new Set();
      if (rest.length === 0) this.next = page.next;
      this.state = 'ready';
    } catch {
      this.leaving = new Set();
      if (round === this.#round && this.cases.length === 0) this.state = 'failed';
    }
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
