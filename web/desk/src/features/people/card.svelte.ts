// card.svelte.ts — what a card asks the server for: until an answer came, nobody says what it is.
import { whenPainted } from '../../app/painted';

export class Card<Answer> {
  /** Null until it's known. */
  now = $state.raw<Answer | null>(null);
  state = $state<'loading' | 'there' | 'failed'>('loading');
  #of = '';
  #round = 0;

  /** Asks, and again when the line is back; an answer for another one comes to nothing. */
  read(of: string, isOnline: boolean, ask: () => Promise<Answer>): () => void {
    const round = ++this.#round;
    if (of !== this.#of) {
      this.now = null;
      this.state = 'loading';
    }
    this.#of = of;
    const read = async () => {
      try {
        const answer = await ask();
        if (round !== this.#round) return;
        this.now = answer;
        this.state = 'there';
      } catch {
        if (round === this.#round) this.state = isOnline || this.now ? 'failed' : 'loading';
      }
    };
    const cancel = whenPainted(() => void read());
    return () => {
      this.#round++;
      cancel();
    };
  }
}
