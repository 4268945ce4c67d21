// form.svelte.ts — a form on its way to the server, and what the server says of it.
import { ApiError } from '@gestand/sdk';

import { reasons } from '../../app/reasons.svelte';
import { wordsOf } from '../../app/words';

export class Form {
  isBusy = $state(false);
  /** Why it was refused as a whole. */
  refusal = $state('');
  #errors = $state.raw<ApiError['fields']>([]);

  /** What is wrong with a field; a name within another has a slash, as settings/address. */
  errorOf(name: string): string {
    return reasons.say(this.#errors.find(({ pointer }) => pointer === `/${name}`)?.detail ?? '');
  }

  /** What is wrong with the first item of a list that the server didn't take. */
  errorStarting(name: string): string {
    const first = this.#errors.find(({ pointer }) => pointer.startsWith(`/${name}`));
    return reasons.say(first?.detail ?? '');
  }

  /** Sends it: what came back, or null and the form says why. */
  async send<Answer>(work: () => Promise<Answer>): Promise<Answer | null> {
    this.isBusy = true;
    this.refusal = '';
    this.#errors = [];
    try {
      return await work();
    } catch (error) {
      this.refusal = wordsOf(error);
      if (error instanceof ApiError) this.#errors = error.fields;
      return null;
    } finally {
      this.isBusy = false;
    }
  }
}
