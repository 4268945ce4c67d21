// session.svelte.ts — who works at this desk.
import { Api, ApiError, type Me } from '@gestand/sdk';
import { forgetDevice } from './device.svelte';
import { settings } from './settings.svelte';
import { clock } from './time.svelte';

/** A person in several organisations chooses one. */
export interface Choice {
  id: string;
  name: string;
}

/** The server names one as its id, a space and its name. */
function choiceOf({ detail }: { detail: string }): Choice {
  const [id = '', ...name] = detail.split(' ');
  return { id, name: name.join(' ') };
}

export class Session {
  me = $state.raw<Me | null>(null);
  /** Until it's known whether somebody is logged in already. */
  isStarting = $state(true);
  /** What is still to be done as who is logged in; the desk sets it. */
  beforeLogout: () => Promise<void> = () => Promise.resolve();

  constructor(readonly api: Api) {
    api.onLoggedOut = () => this.#end();
  }

  async start() {
    this.#set(await this.api.getMe().catch(() => null));
    this.isStarting = false;
  }

  /** Logs in, or says between which organisations to choose. */
  async login(
    email: string,
    password: string,
    organisation?: string,
    code?: string,
  ): Promise<Choice[]> {
    try {
      const more = { ...(organisation && { organisation }), ...(code && { code }) };
      this.#set(await this.api.postLogin({ email, password, ...more }));
      return [];
    } catch (error) {
      if (error instanceof ApiError && error.status === 422) {
        const choices = error.fields.map(choiceOf);
        if (choices.length > 1) return choices;
      }
      throw error;
    }
  }

  async logout() {
    await this.beforeLogout().catch(() => {});
    await this.api.postLogout().catch(() => {});
    this.#end();
  }

  /** Who logs in next, in the same tab, finds nothing of this one: all is made anew. */
  #end() {
    if (!this.me) return;
    this.#set(null);
    void forgetDevice().then(() => location.reload());
  }

  can(right: string): boolean {
    return this.me?.rights.includes(right) ?? false;
  }

  #set(me: Me | null) {
    this.me = me;
    settings.isOf(me?.user.id ?? '');
    this.api.csrf = me?.csrf ?? null;
    clock.zone = me?.organisation.time_zone;
    if (me) settings.speakAs(me.user.language || me.organisation.language);
  }
}
