// personfile.svelte.ts — somebody, and everything that was ever said between us.
import {
  ApiError,
  type Api,
  type Case,
  type Duplicate,
  type Message,
  type Person,
  type PersonMerge,
  type Relation,
} from '@gestand/sdk';
import type { Conflicts } from '../conflicts/conflicts.svelte';

const PAGE = 30;

/** The messages of one case, newest first, as far as they were read. */
export interface Said {
  messages: Message[];
  next: string | null;
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

  constructor(private api: Api) {}

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
    await this.#readBeside(id, round);
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

  /** The newest messages of a case; called again, those before them. */
  async read(caseId: string) {
    const round = this.#round;
    const before = this.said[caseId];
    if (before && !before.next) return;
    const cursor = before?.next ? { cursor: before.next } : {};
    const page = await this.api.getCasesByIdMessages(caseId, { ...cursor, limit: PAGE });
    if (round !== this.#round) return;
    const messages = [...(before?.messages ?? []), ...page.items];
    this.said = { ...this.said, [caseId]: { messages, next: page.next } };
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
