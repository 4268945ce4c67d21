// chance.svelte.ts — is it feasible? Asked of the server while somebody chooses a moment.
import type { Api, CustomerPromise, PromiseChance } from '@gestand/sdk';
import { t } from '../../app/text.svelte';

/** What is asked: of a new one, or of another moment for one that is owed. */
export interface Asked {
  kind: CustomerPromise['kind'];
  team: string | null;
  /** Null: only by when nine in ten are kept. */
  due: Date | null;
  /** The promise that is moved: its kind and team count, and how long it has lasted. */
  of?: string | undefined;
}

const WAIT_MS = 300;
const DAY_MS = 86_400_000;

/** Asks when nothing has changed for a moment; the last question wins, and no answer is no trouble. */
export class Chances {
  found = $state.raw<PromiseChance | null>(null);
  #api: Api;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  ask(question: Asked) {
    const mine = ++this.#asked;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#read(question, mine), WAIT_MS);
  }

  stop() {
    this.#asked++;
    clearTimeout(this.#timer);
  }

  async #read({ kind, team, due, of }: Asked, mine: number) {
    const at = due && due.getTime() > Date.now() ? due : new Date(Date.now() + DAY_MS);
    const about = of ? { promise: of } : { kind, ...(team ? { team } : {}) };
    const found = await this.#api
      .getPromisesChance({ ...about, due: at.toISOString() })
      .catch(() => null);
    if (mine === this.#asked) this.found = found;
  }
}

/** "Wordt 6 van de 10 keer gehaald." */
export function said(chance: number): string {
  const n = Math.round(chance * 10);
  if (n === 0) return t('chance.never');
  return n === 10 ? t('chance.always') : t('chance.said', { n });
}

/** Too little to be sure of the moment: less than nine in ten. */
export function isLow({ is_known, chance }: Pick<PromiseChance, 'is_known' | 'chance'>): boolean {
  return is_known && (chance ?? 0) < 0.895;
}
