// macros.svelte.ts — the macros that somebody has: read when they are first needed, and again when
// there were none.
import type { Api, Macro } from '@gestand/sdk';

export class Macros {
  all = $state.raw<readonly Macro[]>([]);
  /** It's known that there are none. */
  areNone = $state(false);
  #reading: Promise<void> | null = null;

  constructor(private api: Api) {}

  /** A second call waits for the first; after a failure, or with nothing found, the next one asks again. */
  load(): Promise<void> {
    this.#reading ??= this.#read().catch((error: unknown) => {
      this.#reading = null;
      throw error;
    });
    return this.#reading;
  }

  /** Some were made, changed or thrown away. */
  forget() {
    this.#reading = null;
  }

  async #read() {
    const { items } = await this.api.getMacros();
    this.all = items;
    this.areNone = items.length === 0;
    if (this.areNone) this.#reading = null;
  }
}
