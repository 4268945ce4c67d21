// reasons.svelte.ts — why the server said no, in the language of the desk.
//
// The server speaks English, and what it says is the key in texts/reasons, with a {name} where it
// fills something in. Desk and server are one program: tools/check.js holds the keys against its
// sources. What isn't known stands as it came.
import type { Language } from './text.svelte';

const FILES = {
  nl: () => import('../texts/reasons/nl.json'),
  fr: () => import('../texts/reasons/fr.json'),
} satisfies Partial<Record<Language, () => Promise<{ default: Record<string, string> }>>>;

interface Rule {
  pattern: RegExp;
  names: string[];
  text: string;
}

function ruleOf([key, text]: [string, string]): Rule {
  const names: string[] = [];
  const pattern = key
    .split(/(\{\w+\})/)
    .map((piece, i) => {
      if (i % 2 === 0) return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(piece.slice(1, -1));
      return '(.+?)';
    })
    .join('');
  return { pattern: new RegExp(`^${pattern}$`, 's'), names, text };
}

export class Reasons {
  #rules = $state.raw<Rule[]>([]);
  #language: Language = 'en';

  async use(language: Language) {
    this.#language = language;
    const rules =
      language === 'en' ? [] : Object.entries((await FILES[language]()).default).map(ruleOf);
    if (language === this.#language) this.#rules = rules;
  }

  /** As it's said here; what it fills in may be known as well. */
  say = (words: string): string => {
    for (const { pattern, names, text } of this.#rules) {
      const found = pattern.exec(words);
      if (!found) continue;
      const values = new Map(names.map((name, i) => [name, this.say(found[i + 1] ?? '')]));
      return text.replace(/\{(\w+)\}/g, (whole, name: string) => values.get(name) ?? whole);
    }
    return words;
  };
}

export const reasons = new Reasons();
