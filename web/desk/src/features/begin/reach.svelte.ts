// reach.svelte.ts — how whoever is chosen can be written to.
import { type Api, ApiError, type Way } from '@gestand/sdk';
import { reasons } from '../../app/reasons.svelte';
import { keyOf } from '../composer/ways.svelte';
import type { Begun, Whom } from './begun';

export class Reach {
  all = $state.raw<readonly Way[]>([]);
  /** Asked and answered. */
  isKnown = $state(false);
  /** Why there is none: what the server says of the address. */
  trouble = $state('');
  readonly open = $derived(this.all.filter(({ why_not }) => !why_not));
  #asked = '';

  constructor(private api: Api) {}

  async look(whom: Whom | null) {
    const asked = whom ? (whom.person ?? whom.to) : '';
    if (asked === this.#asked) return;
    this.#asked = asked;
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
      this.#asked = '';
      if (error instanceof ApiError)
        this.trouble = reasons.say(error.fields[0]?.detail ?? error.message);
    }
  }

  /** The one that is written by: which was chosen, else the first. */
  of({ way }: Begun): Way | null {
    return this.open.find((one) => keyOf(one) === way) ?? this.open[0] ?? this.all[0] ?? null;
  }
}
