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

  /** Of what was asked for last: an answer to anything before it comes too late. */
  #round = 0;
  #current = Promise.resolve();

  constructor(private ask: (cursor?: string) => Promise<Page<Item>>) {
    void this.load();
  }

  /** From its beginning: what is asked for may be another list than before. That one was empty says
   * nothing of it. */
  async load() {
    if (this.items?.length === 0) this.items = null;
    await this.#begin(0);
  }

  /** As much of it as is shown, as it is now. */
  async again() {
    await this.#begin(this.items?.length ?? 0);
  }

  /** What was set going has left the list, and is soon in it again when it failed again. */
  async loadTwice() {
    await this.again();
    setTimeout(() => void this.again(), SOON_MS);
  }

  /** Behind what is on its way: its end isn't known before. */
  async more() {
    const round = this.#round;
    this.#current = this.#current.then(async () => {
      const from = this.next;
      if (!from || round !== this.#round) return;
      await this.#take(round, async () => {
        const { items, next } = await this.ask(from);
        return { items: [...(this.items ?? []), ...items], next };
      });
    });
    await this.#current;
  }

  find(id: string | undefined): Item | undefined {
    return this.items?.find((one) => one.id === id);
  }

  async #begin(atLeast: number) {
    const round = ++this.#round;
    this.#current = this.#take(round, async () => {
      let page = await this.ask();
      while (page.next && page.items.length < atLeast && round === this.#round) {
        const { items, next } = await this.ask(page.next);
        page = { items: [...page.items, ...items], next };
      }
      return page;
    });
    await this.#current;
  }

  async #take(round: number, read: () => Promise<Page<Item>>) {
    try {
      const page = await read();
      if (round !== this.#round) return;
      this.items = page.items;
      this.next = page.next;
      this.failure = '';
    } catch (error) {
      if (round === this.#round) this.failure = wordsOf(error);
    }
  }
}
