// settings.svelte.ts — how this user wants the desk on this device.
import { chosen, readMap } from './keymap';
import { isLanguage, languageOf, texts, type Language } from './text.svelte';

export const DENSITIES = ['compact', 'normal', 'roomy'] as const;
export type Density = (typeof DENSITIES)[number];
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

function stored<Value extends string>(name: string, values: readonly Value[], usual: Value): Value {
  const value = localStorage.getItem(`gestand.${name}`);
  return values.find((one) => one === value) ?? usual;
}
function store(name: string, value: string) {
  localStorage.setItem(`gestand.${name}`, value);
}

/** What a case becomes with an answer. */
export const SEND_AS = ['waiting', 'open', 'done'] as const;
export type SendAs = (typeof SEND_AS)[number];

export class Settings {
  theme = $state<Theme>(stored('theme', THEMES, 'system'));
  density = $state<Density>(stored('density', DENSITIES, 'normal'));
  left = $state(Number(localStorage.getItem('gestand.left')) || 290);
  right = $state(Number(localStorage.getItem('gestand.right')) || 280);
  /** The names of the customer's cards, in the order of this user. */
  cards = $state(localStorage.getItem('gestand.cards') ?? '');
  /** The ids of the saved views, in the order of this user. */
  views = $state(localStorage.getItem('gestand.views') ?? '');
  /** How tasks are shown: one below the other, or in columns by their state. */
  tasks = $state(stored('tasks', ['list', 'board'] as const, 'list'));
  singleKeys = $state(stored('keys', ['on', 'off'], 'on') === 'on');

  /** The keys that this user changed, as text; on a shared device each has his own. */
  keys = $state('');
  readonly keyMap = $derived(readMap(this.keys));

  #user = $state('');

  /** How often each command of the palette was used, as text. */
  uses = $state(localStorage.getItem('gestand.palette') ?? '');

  sendAs = $state<SendAs>(stored('sendAs', SEND_AS, 'waiting'));

  /** Shows them, and keeps them as they change; called once. */
  follow() {
    const chosen = localStorage.getItem('gestand.language');
    void texts.use(isLanguage(chosen) ? chosen : languageOf(navigator.languages));
    $effect(() => {
      const { dataset } = document.documentElement;
      if (this.theme === 'system') delete dataset.theme;
      else dataset.theme = this.theme;
      dataset.density = this.density;
      store('theme', this.theme);
      store('density', this.density);
      store('left', String(this.left));
      store('right', String(this.right));
      store('sendAs', this.sendAs);
      store('cards', this.cards);
      if (this.#user) store(`keyMap.${this.#user}`, this.keys);
      store('views', this.views);
      store('tasks', this.tasks);
      store('palette', this.uses);
      store('keys', this.singleKeys ? 'on' : 'off');
    });
  }

  /** Who works here now: with his keys, and with the usual ones where he chose none. */
  isOf(userId: string) {
    this.#user = userId;
    this.keys = userId ? (localStorage.getItem(`gestand.keyMap.${userId}`) ?? '') : '';
    // Once it was kept for whoever came, and it can't be said whose it is.
    localStorage.removeItem('gestand.keyMap');
  }

  speak(language: Language) {
    store('language', language);
    void texts.use(language);
  }

  /** What the profile says, where this device knows no better. */
  speakAs(language: string) {
    if (!localStorage.getItem('gestand.language') && isLanguage(language)) void texts.use(language);
  }

  switchTheme() {
    const isDark =
      this.theme === 'dark' ||
      (this.theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
    this.theme = isDark ? 'light' : 'dark';
  }
}

export const settings = new Settings();

/** The keys that are shown beside what they do: this user's, or the usual ones. */
export function keysFor(id: string, usual: string): string {
  return chosen(settings.keyMap, id, usual);
}
