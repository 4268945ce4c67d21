// picks.svelte.ts — the cases that are picked in the list, for what is done to all of them.
import type { Case } from '@gestand/sdk';

export class Picks {
  ids = $state.raw<ReadonlySet<string>>(new Set());
  /** Of a change that takes longer. */
  progress = $state.raw<{ n: number; total: number } | null>(null);
  /** Where a range begins. */
  #from: string | null = null;

  has(id: string): boolean {
    return this.ids.has(id);
  }

  toggle(id: string) {
    const ids = new Set(this.ids);
    if (!ids.delete(id)) ids.add(id);
    this.ids = ids;
    this.#from = id;
  }

  /** All from the one that was picked last. */
  range(id: string, cases: readonly Case[]) {
    const from = cases.findIndex((one) => one.id === this.#from);
    const to = cases.findIndex((one) => one.id === id);
    if (from < 0 || to < 0) return this.toggle(id);
    const between = cases.slice(Math.min(from, to), Math.max(from, to) + 1);
    this.ids = new Set([...this.ids, ...between.map((one) => one.id)]);
    this.#from = id;
  }

  set(ids: Iterable<string>) {
    this.ids = new Set(ids);
  }

  clear() {
    this.ids = new Set();
    this.#from = null;
  }

  of(cases: readonly Case[]): Case[] {
    return cases.filter((one) => this.ids.has(one.id));
  }
}
