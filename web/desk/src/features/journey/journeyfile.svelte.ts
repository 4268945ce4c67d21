// journeyfile.svelte.ts — the journey of one case, and the case itself.
import { ApiError, type Api, type Case, type Journey } from '@gestand/sdk';

export class Journeyfile {
  now = $state.raw<Journey | null>(null);
  of = $state.raw<Case | null>(null);
  state = $state<'loading' | 'ready' | 'missing' | 'failed'>('loading');
  #round = 0;

  constructor(private api: Api) {}

  async open(reference: string) {
    const round = ++this.#round;
    this.now = this.of = null;
    this.state = 'loading';
    try {
      const [of, now] = await Promise.all([
        this.api.getCasesById(reference),
        this.api.getCasesByIdJourney(reference),
      ]);
      if (round !== this.#round) return;
      this.of = of;
      this.now = now;
      this.state = 'ready';
    } catch (error) {
      if (round !== this.#round) return;
      const isMissing = error instanceof ApiError && [404, 422].includes(error.status);
      this.state = isMissing ? 'missing' : 'failed';
    }
  }
}
