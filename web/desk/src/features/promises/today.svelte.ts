// today.svelte.ts — what was promised for today, as everybody sees it at the top of the desk.
import type { Api, Event, PromiseDay } from '@gestand/sdk';
import { clock, wallOf, whenShown } from '../../app/time.svelte';

/** Many events at once are one look. */
const GATHER_MS = 300;
const NONE: PromiseDay = { promises: [], broken_n: 0, at_risk_n: 0, next_n: 0 };

/** The day there, from its first moment to the next one's. */
function dayOf(now: number): { from: string; until: string } {
  const begin = (at: Date) => whenShown(`${wallOf(at).slice(0, 10)}T00:00`);
  const from = begin(new Date(now));
  // Noon of the next day, however long this one is.
  const until = begin(new Date(from.getTime() + 36 * 3_600_000));
  return { from: from.toISOString(), until: until.toISOString() };
}

export class Today {
  now = $state.raw<PromiseDay>(NONE);
  /** False until an answer came: then nothing is said of the day. */
  isKnown = $state(false);
  /** Since when it is this day, as the clock there shows it. */
  readonly day = $derived(wallOf(new Date(clock.now)).slice(0, 10));
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private api: Api) {}

  async load() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.now = await this.api.getPromisesDay(dayOf(Date.now()));
    this.isKnown = true;
  }

  happened({ kind }: Event) {
    if (kind.startsWith('promise.')) this.refresh();
  }

  refresh() {
    this.#timer ??= setTimeout(() => void this.load().catch(() => {}), GATHER_MS);
  }
}
