// labels.svelte.ts — all labels by name: few, and read when they are first needed.
import type { Api, Label } from '@gestand/sdk';

export class Labels {
  all = $state.raw<Label[]>([]);
  #reading: Promise<void> | null = null;

  constructor(private api: Api) {}

  /** A second call waits for the first; after a failure the next one tries again. */
  load(): Promise<void> {
    this.#reading ??= this.#read().catch((error: unknown) => {
      this.#reading = null;
      throw error;
    });
    return this.#reading;
  }

  async #read() {
    this.all = (await this.api.getLabels()).items;
  }
}
