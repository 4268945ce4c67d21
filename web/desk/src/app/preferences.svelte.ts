// preferences.svelte.ts — what the server keeps of this user: the signature, and how the desk looks.
import { ApiError, versionTag, type Api, type Preferences as Kept } from '@gestand/sdk';
import { DENSITIES, SEND_AS, settings, THEMES } from './settings.svelte';
import { isLanguage, texts } from './text.svelte';

function looksNow(): Record<string, unknown> {
  const { theme, density, singleKeys, keys, sendAs, cards, uses, views } = settings;
  const looks = { theme, density, singleKeys, keys, sendAs, cards, uses, views };
  return { ...looks, language: texts.language };
}

/** Only what is meant for us and makes sense: another version of the desk may have written it. */
function wear(kept: Record<string, unknown>) {
  const { theme, density, singleKeys, keys, sendAs, cards, uses, views, language } = kept;
  settings.theme = THEMES.find((one) => one === theme) ?? settings.theme;
  settings.density = DENSITIES.find((one) => one === density) ?? settings.density;
  settings.sendAs = SEND_AS.find((one) => one === sendAs) ?? settings.sendAs;
  if (typeof singleKeys === 'boolean') settings.singleKeys = singleKeys;
  if (typeof cards === 'string') settings.cards = cards;
  if (typeof keys === 'string') settings.keys = keys;
  if (typeof views === 'string') settings.views = views;
  if (typeof uses === 'string') settings.uses = uses;
  if (isLanguage(language) && language !== texts.language) settings.speak(language);
}

type Change = Partial<Pick<Kept, 'signature' | 'settings'>>;

export class Preferences {
  now = $state.raw<Kept | null>(null);
  /** What this device had before anything was chosen. */
  #usual: Record<string, unknown> | null = null;
  #putting: Promise<void> = Promise.resolve();

  constructor(private api: Api) {}

  async load() {
    const kept = await this.api.getMePreferences();
    this.#usual ??= looksNow();
    this.now = kept;
  }

  /** Wears what was chosen on any device, and keeps what is chosen on this one; called once. */
  follow() {
    this.now = null;
    void this.load().then(
      () => wear(this.now?.settings ?? {}),
      () => {},
    );
    $effect(() => {
      const looks = looksNow();
      if (!this.now || this.#isKept(looks)) return;
      // Not kept is no loss that is worth a word: this device keeps it too.
      void this.#put({ settings: looks }).catch(() => {});
    });
  }

  #isKept(looks: Record<string, unknown>): boolean {
    const kept = { ...this.#usual, ...this.now?.settings };
    return Object.entries(looks).every(([name, value]) => kept[name] === value);
  }

  /** One more thing to know of this user the next time, on any device. */
  async keep(name: string, value: unknown) {
    await this.#put({ settings: { [name]: value } });
  }

  async sign(signature: string) {
    await this.#put({ signature });
  }

  /** One behind the other: what is chosen quickly must not name the version before it. */
  #put(change: Change): Promise<void> {
    const isNew = () => change.signature !== undefined || !this.#isKept(change.settings ?? {});
    const putting = this.#putting.then(() => (isNew() ? this.#send(change) : undefined));
    this.#putting = putting.catch(() => {});
    return putting;
  }

  /** Another window may have kept something else since: that stays, but for what is changed here. */
  async #send(change: Change, isAgain = false) {
    if (!this.now) await this.load();
    const now = this.now as Kept;
    const body = {
      signature: change.signature ?? now.signature,
      settings: { ...now.settings, ...change.settings },
    };
    try {
      this.now = await this.api.putMePreferences(body, versionTag(now));
    } catch (error) {
      if (isAgain || !(error instanceof ApiError) || error.status !== 412) throw error;
      await this.load();
      await this.#send(change, true);
    }
  }
}
