// personfile.svelte.ts — somebody, and everything that was ever said between us.
import {
  ApiError,
  type Api,
  type Case,
  type Duplicate,
  type Event,
  type Person,
  type PersonMerge,
  type Relation,
} from '@gestand/sdk';
import type { TimelineItem } from '../cases/casefile.svelte';
import { oldestOf } from '../cases/history';
import type { Conflicts } from '../conflicts/conflicts.svelte';

const PAGE = 30;

/** After these another case may be his, or no more. */
const MOVING = new Set([
  'case.opened',
  'case.merged',
  'case.unmerged',
  'case.moved',
  'case.move_undone',
  'case.split',
]);
/** These are of two, whichever of them they name. */
const OF_TWO = /^(relation|duplicate)\.|^person\.(un)?merged$/;

/** What was said in one case, to the customer and among us, newest first, as far as it was read. */
export interface Said {
  items: TimelineItem[];
  hasOlder: boolean;
}

export class Personfile {
  now = $state.raw<Person | null>(null);
  cases = $state.raw<Case[]>([]);
  /** Who may be the same person, and who belongs to whom. */
  proposals = $state.raw<Duplicate[]>([]);
  relations = $state.raw<Relation[]>([]);
  /** With whom he was made one, undone or not, newest first. */
  merges = $state.raw<PersonMerge[]>([]);
  next = $state<string | null>(null);
  state = $state<'loading' | 'ready' | 'missing' | 'failed'>('loading');
  /** By the id of the case. */
  said = $state.raw<Readonly<Record<string, Said>>>({});
  #round = 0;
  /** Cases in which something was said since. */
  #stale = new Set<string>();

  constructor(private api: Api) {}

  /** Is it about what is shown? Then that is to be read again. */
  concerns({ kind, case_id, about }: Event): boolean {
    const ids = [this.now?.id, ...(this.now?.members ?? []).map((one) => one.person_id)];
    if (OF_TWO.test(kind) || ids.includes(about ?? '')) return true;
    if (!case_id) return false;
    const isHis = this.cases.some(({ id }) => id === case_id || id === about);
    if (isHis) this.#stale.add(case_id);
    return isHis || MOVING.has(kind);
  }

  /** Anything may have happened. */
  doubt() {
    this.#stale = new Set(Object.keys(this.said));
  }

  async open(id: string) {
    const round = ++this.#round;
    this.now = null;
    this.cases = [];
    this.proposals = [];
    this.relations = [];
    this.merges = [];
    this.said = {};
    this.state = 'loading';
    try {
      const [person, page] = await Promise.all([this.api.getPeopleById(id), this.#page(id)]);
      if (round !== this.#round) return;
      this.now = person;
      this.cases = page.items;
      this.next = page.next;
      this.state = 'ready';
      await this.#readBeside(id, round);
    } catch (error) {
      if (round !== this.#round) return;
      const isMissing = error instanceof ApiError && [404, 422].includes(error.status);
      this.state = isMissing ? 'missing' : 'failed';
    }
  }

  /** Anew, without leaving what is shown; for after a change. */
  async readAgain() {
    const round = this.#round;
    if (!this.now) return;
    const { id } = this.now;
    const [person, page] = await Promise.all([this.api.getPeopleById(id), this.#page(id)]);
    if (round !== this.#round) return;
    this.now = person;
    this.cases = page.items;
    this.next = page.next;
    await Promise.all([this.#readBeside(id, round), this.#sayAgain(round)]);
  }

  /** The newest part of what was said in cases where that may be more now; what is before it stays. */
  async #sayAgain(round: number) {
    const stale = [...this.#stale].filter((id) => this.said[id]);
    this.#stale.clear();
    for (const id of stale) {
      const newest = await this.#said(id);
      if (round !== this.#round) return;
      const ids = new Set(newest.items.map((one) => one.id));
      const known = this.said[id]?.items ?? [];
      const older = newest.hasOlder ? known.filter((one) => !ids.has(one.id)) : [];
      const hasOlder = older.length > 0 ? (this.said[id]?.hasOlder ?? false) : newest.hasOlder;
      this.said = { ...this.said, [id]: { items: [...newest.items, ...older], hasOlder } };
    }
  }

  async #readBeside(id: string, round: number) {
    const [proposals, relations, merges] = await Promise.all([
      this.api.getPeopleByIdDuplicates(id),
      this.api.getPeopleByIdRelations(id),
      this.api.getPeopleByIdMerges(id),
    ]);
    if (round !== this.#round) return;
    this.proposals = proposals.items;
    this.relations = relations.items;
    this.merges = merges.items;
  }

  async more() {
    const round = this.#round;
    if (!this.now || !this.next) return;
    const page = await this.#page(this.now.id, this.next);
    if (round !== this.#round) return;
    this.cases = [...this.cases, ...page.items];
    this.next = page.next;
  }

  /** What was said last in a case; called again, what was said before that. */
  async read(caseId: string) {
    const round = this.#round;
    const known = this.said[caseId];
    if (known && !known.hasOlder) return;
    const { items, hasOlder } = await this.#said(caseId, oldestOf(known?.items ?? [])?.id);
    if (round !== this.#round) return;
    this.said = {
      ...this.said,
      [caseId]: { items: [...(known?.items ?? []), ...items], hasOlder },
    };
  }

  async #said(caseId: string, before?: string): Promise<Said> {
    const wanted = { said: true, limit: PAGE, ...(before ? { before } : {}) };
    const page = await this.api.getCasesByIdTimeline(caseId, wanted);
    return { items: page.items.toReversed(), hasOlder: page.has_older };
  }

  async rename(name: string, conflicts: Conflicts) {
    if (!this.now) return;
    const { id } = this.now;
    const changed = await conflicts.save({
      base: this.now,
      mine: { name },
      name: this.now.name,
      write: (draft, ifMatch) => this.api.patchPeopleById(id, draft, ifMatch),
      read: () => this.api.getPeopleById(id),
    });
    this.now = { ...this.now, ...changed, identities: this.now.identities ?? [] };
  }

  #page(person: string, cursor?: string) {
    const page = { limit: PAGE, ...(cursor ? { cursor } : {}) };
    return this.api.getCases({ person, status: 'all', sort: 'newest', ...page });
  }
}
