// text.svelte.ts — what the desk says, in the language of its user.
//
// A text is a line, or an object with a form for each plural of its language, chosen by {n}.
import nl from '../texts/nl.json';

import { reasons } from './reasons.svelte';

type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
type Messages = Record<string, Message>;
export type TextKey = keyof typeof nl;
export const LANGUAGES = ['nl', 'en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

const OTHERS: Record<Exclude<Language, 'nl'>, () => Promise<{ default: Messages }>> = {
  en: () => import('../texts/en.json'),
  fr: () => import('../texts/fr.json'),
};

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** The first of the browser's languages that we speak. */
export function languageOf(wanted: readonly string[]): Language {
  return wanted.map((one) => one.slice(0, 2)).find(isLanguage) ?? 'nl';
}

/** One a language: to make one takes longer than to use it a hundred times. */
const plurals = new Map<string, Intl.PluralRules>();

export class Texts {
  language = $state<Language>('nl');
  #messages = $state.raw<Messages>(nl);

  async use(language: Language) {
    this.#messages = language === 'nl' ? nl : (await OTHERS[language]()).default;
    this.language = language;
    document.documentElement.lang = language;
    void reasons.use(language).catch(() => {});
  }

  /** The text of a key, with {name} filled in. */
  say = (key: TextKey, values: Record<string, string | number> = {}): string => {
    const message = this.#messages[key] ?? nl[key];
    const form = typeof message === 'string' ? message : this.#plural(message, Number(values.n));
    return form.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  };

  /** The same for a key that is put together: the key itself when there is no such text. */
  sayOr(key: string, otherwise: string, values: Record<string, string | number> = {}): string {
    return key in nl ? this.say(key as TextKey, values) : otherwise;
  }

  #plural(forms: Partial<Record<Intl.LDMLPluralRule, string>>, n: number): string {
    const rules = plurals.get(this.language) ?? new Intl.PluralRules(this.language);
    plurals.set(this.language, rules);
    return forms[rules.select(n)] ?? forms.other ?? '';
  }
}

export const texts = new Texts();
export const t = texts.say;

const names = new Map<string, Intl.DisplayNames>();

/** What a language is called in the desk's: nl is Nederlands. */
export function languageName(code: string): string {
  const { language } = texts;
  const known = names.get(language) ?? new Intl.DisplayNames(language, { type: 'language' });
  names.set(language, known);
  return known.of(code) ?? code;
}

/** The language of a text, where it's another one than the desk's. */
export function foreign(language: string | null | undefined): string | undefined {
  return language && language !== texts.language ? language : undefined;
}

/** As a line begins with it. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
