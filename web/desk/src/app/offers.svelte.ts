// offers.svelte.ts — what can be done in a part of the page: said by that part, which has the buttons
// for it, and listed by the palette.
import type { Command } from '../features/palette/commands';
import type { Desk } from './desk.svelte';

type Source = () => readonly Command[];

export class Offers {
  #sources = new Set<Source>();

  get all(): Command[] {
    return [...this.#sources].flatMap((say) => say());
  }

  /** Until what it returns is called. */
  add(say: Source): () => void {
    this.#sources.add(say);
    return () => this.#sources.delete(say);
  }
}

/** As long as the component that says it is there. */
export function offers(desk: Desk, say: Source) {
  $effect(() => desk.offers.add(say));
}
