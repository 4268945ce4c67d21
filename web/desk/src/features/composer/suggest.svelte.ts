// suggest.svelte.ts — the list under the caret: what is in it, what is chosen, when it's gone.
import { matching, wordAt, type Proposal, type Sign, type Word } from './proposals';

export class Suggest {
  word = $state.raw<Word | null>(null);
  at = $state(0);
  /** Where somebody said no: it doesn't come back for that word. */
  #left = -1;
  readonly list = $derived.by(() =>
    this.word ? matching(this.all(this.word.sign), this.word.typed) : [],
  );
  readonly chosen = $derived(this.list[this.at]);

  constructor(private all: (sign: Sign) => readonly Proposal[]) {}

  look(text: string, caret: number) {
    const word = wordAt(text, caret);
    if (word?.from !== this.#left) this.#left = -1;
    const isNew = word?.from !== this.word?.from || word?.typed !== this.word?.typed;
    if (isNew) this.at = 0;
    this.word = word && word.from !== this.#left ? word : null;
  }

  leave() {
    this.#left = this.word?.from ?? -1;
    this.word = null;
  }

  step(by: 1 | -1) {
    this.at = (this.at + by + this.list.length) % this.list.length;
  }
}
