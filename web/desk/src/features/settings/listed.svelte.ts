// listed.svelte.ts — a list of the server's, page by page, and whether it came.
import { wordsOf } from '../../app/words';

const SOON_MS = 2000;

interface Page<Item> {
  items: Item[];
  next: string | null;
}

export class Listed<Item extends { id: string | null }> {
  /** null: it hasn't come yet. */
  items = $state.raw<Item[] | null>(null);
  next = $state<string | null>(null);
  failure = $state('');

  constructor(private ask: (cursor?: string) => Promise<Page<Item>>) {
    void this.load();
  }

  async load() {
    await this.#take(undefined, []);
  }

  /** What was set going has left the list, and is soon in it again when it failed again. */
  async loadTwice() {
    await this.load();
    setTimeout(() => void this.load(), SOON_MS);
  }

  async more() {
    if (this.next) await this.#take(this.next, this.items ?? []);
  }

  find(id: string | undefined): Item | undefined {
    return this.items?.find((one) => one.id === id);
  }

  async #take(cursor: string | undefined, before: Item[]) {
    try {
      const page = await this.ask(cursor);
      this.items = [...before, ...page.items];
      this.next = page.next;
      this.failure = '';
    } catch (error) {
      this.failure = wordsOf(error);
    }
  }
}
