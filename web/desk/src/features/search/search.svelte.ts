// search.svelte.ts — what was found, page by page.
import type { Api, Case, SearchResult } from '@gestand/sdk';
import { activeFilters, caseFilterOf, messageFilterOf, type Sought } from './sought';

type Found = SearchResult['items'][number];
export type Hit = { kind: 'case'; id: string; of: Case } | { kind: 'found'; id: string; of: Found };

const PAGE = 30;
/** A filtered page of the server may be empty with more behind it: so many are asked for at once. */
const EMPTY_PAGES = 5;

function hitOf(of: Found): Hit {
  const id = of.kind === 'case' ? of.case_id : of.person_id;
  return { kind: 'found', id: of.message_id ?? id ?? '', of };
}
function caseHit(of: Case): Hit {
  return { kind: 'case', id: of.id, of };
}

/** Each once: a case may be found by its reference, and by the titles of all that are in it. */
function each(hits: readonly Hit[]): Hit[] {
  return [...new Map(hits.toReversed().map((hit) => [hit.id, hit])).values()].reverse();
}

export class Search {
  hits = $state.raw<Hit[]>([]);
  state = $state<'nothing' | 'loading' | 'ready' | 'failed'>('nothing');
  next = $state<string | null>(null);
  /** An answer to an earlier question that comes late is left alone. */
  #round = 0;
  #sought: Sought | null = null;

  constructor(private api: Api) {}

  async open(sought: Sought) {
    this.#sought = sought;
    const round = ++this.#round;
    if (!sought.q.trim()) {
      this.hits = [];
      this.next = null;
      this.state = 'nothing';
      return;
    }
    // What was found before stays until its place is taken: nothing flickers while one types.
    this.state = 'loading';
    try {
      const page = await this.#page(sought);
      if (round !== this.#round) return;
      this.hits = page.hits;
      this.next = page.next;
      this.state = 'ready';
    } catch {
      if (round !== this.#round) return;
      this.hits = [];
      this.state = 'failed';
    }
  }

  async more() {
    const { next } = this;
    const round = this.#round;
    if (!next || !this.#sought) return;
    this.next = null;
    try {
      const page = await this.#page(this.#sought, next);
      if (round !== this.#round) return;
      this.hits = each([...this.hits, ...page.hits]);
      this.next = page.next;
    } catch {
      if (round === this.#round) this.next = next;
    }
  }

  retry() {
    if (this.#sought) void this.open(this.#sought);
  }

  /** The next page with something in it, as long as that takes no wait. */
  async #page(sought: Sought, cursor?: string) {
    let page = await this.#pageOf(sought, cursor);
    for (let i = 1; i < EMPTY_PAGES && page.next && page.hits.length === 0; i++)
      page = await this.#pageOf(sought, page.next);
    return page;
  }

  async #pageOf(sought: Sought, cursor?: string) {
    const { q, kind, filter } = sought;
    const page = { q: q.trim(), limit: PAGE, ...(cursor ? { cursor } : {}) };
    if (kind === 'case') {
      const { items, next } = await this.api.getCases({
        ...caseFilterOf(filter),
        sort: 'newest',
        ...page,
      });
      return { hits: items.map(caseHit), next };
    }
    const wanted = activeFilters(sought).length > 0 ? messageFilterOf(filter) : {};
    const found = await this.api.getSearch({ ...wanted, ...page, kind });
    const { case: exact, items, next } = found;
    return { hits: each([...(exact ? [caseHit(exact)] : []), ...items.map(hitOf)]), next };
  }
}
