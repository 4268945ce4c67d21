// reach.svelte.ts — how whoever is chosen can be written to.
import type { Api, Way } from '@gestand/sdk';
import { wordsOf } from '../../app/words';
import { keyOf } from '../composer/ways.svelte';
import { isAway } from '../outgoing/outgoing.svelte';
import type { Begun, Whom } from './begun';

/** Before it's asked again, when no answer came. */
const AGAIN_MS = 5000;

export class Reach {
  all = $state.raw<readonly Way[]>([]);
  /** Asked and answered. */
  isKnown = $state(false);
  /** Why there is none: what the server says of the address, or that it says nothing. */
  trouble = $state('');
  readonly open = $derived(this.all.filter(({ why_not }) => !why_not));
  #asked = '';
  /** No answer came. */
  #isOpen = false;
  #wasOnline = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private api: Api) {}

  /** Once for each whom; without an answer again after a pause, and as soon as the line is back. */
  async look(whom: Whom | null, isOnline = true) {
    const asked = whom ? (whom.person ?? whom.to) : '';
    const isBack = isOnline && !this.#wasOnline && this.#isOpen;
    this.#wasOnline = isOnline;
    if (asked !== this.#asked || isBack) await this.#look(whom, asked);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#asked = '';
  }

  async #look(whom: Whom | null, asked: string) {
    clearTimeout(this.#timer);
    this.#asked = asked;
    this.#isOpen = false;
    this.all = [];
    this.isKnown = false;
    this.trouble = '';
    if (!whom) return;
    try {
      const { items } = await (whom.person
        ? this.api.getPeopleByIdWays(whom.person)
        : this.api.getWays({ to: whom.to }));
      if (asked !== this.#asked) return;
      this.all = items;
      this.isKnown = true;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.trouble = wordsOf(error);
      this.#isOpen = isAway(error);
      if (this.#isOpen) this.#timer = setTimeout(() => void this.#look(whom, asked), AGAIN_MS);
    }
  }

  /** The one that is written by: which was chosen, else the first. */
  of({ way }: Begun): Way | null {
    return this.open.find((one) => keyOf(one) === way) ?? this.open[0] ?? this.all[0] ?? null;
  }
}
