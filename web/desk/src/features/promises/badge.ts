// badge.ts — on the icon of the installed desk stands how many of one's promises are at risk or broken.
import type { Api } from '@gestand/sdk';

interface Badged {
  setAppBadge?: (n: number) => Promise<void>;
  clearAppBadge?: () => Promise<void>;
}
/** Of what is owed the earliest lead: those at risk are among them. */
const LOOKED_AT = 100;
/** Time alone puts a promise at risk. */
const AGAIN_MS = 5 * 60_000;
/** Much that happens at once is one question. */
const PAUSE_MS = 1000;

export class Badge {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #userId = '';

  constructor(
    private api: Api,
    private icon: Badged = navigator as Badged,
  ) {}

  /** Shows it as long as somebody is logged in; ends with the returned function. */
  follow(userId: string): () => void {
    this.#userId = userId;
    this.#soon(PAUSE_MS);
    return () => {
      this.#userId = '';
      clearTimeout(this.#timer);
      void this.icon.clearAppBadge?.().catch(() => {});
    };
  }

  happened(kind: string) {
    if (kind.startsWith('promise.')) this.#soon(PAUSE_MS);
  }

  #soon(inMs: number) {
    if (!this.#userId || !this.icon.setAppBadge) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#show().catch(() => {}), inMs);
  }

  async #show() {
    this.#soon(AGAIN_MS);
    const owner = this.#userId;
    const { items } = await this.api.getPromises({ owner, limit: LOOKED_AT });
    const n = items.filter((one) => one.is_at_risk || one.state === 'broken').length;
    if (owner === this.#userId) await this.icon.setAppBadge?.(n);
  }
}
