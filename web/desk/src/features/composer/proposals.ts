// proposals.ts — what a sign at the start of a word offers: / a macro, @ a colleague or team; and {{
// anywhere: what is known of the customer and the case.
import type { Macro } from '@gestand/sdk';

export type Sign = '/' | '@' | '{{';

export interface Word {
  sign: Sign;
  /** Where the sign stands, and what was typed behind it. */
  from: number;
  typed: string;
}

export interface Proposal {
  id: string;
  name: string;
  meta: string;
  /** What comes in the place of the word. */
  text: string;
  macro?: Macro;
}

const SHOWN = 8;

/** The word that ends where the caret stands, when it begins with a sign. */
export function wordAt(text: string, caret: number): Word | null {
  const before = text.slice(0, caret);
  const found =
    /(?:^|\s)([/@])([^\s/@]{0,40})$/.exec(before) ?? /(\{\{)([^\s{}]{0,40})$/.exec(before);
  if (!found) return null;
  const [, sign = '', typed = ''] = found;
  return { sign: sign as Sign, from: caret - typed.length - sign.length, typed };
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Those with the typed letters in them, names that begin with them first. */
export function matching(all: readonly Proposal[], typed: string): Proposal[] {
  const sought = folded(typed);
  const rank = ({ name }: Proposal) => {
    const at = folded(name);
    if (at.startsWith(sought)) return 0;
    return at.includes(` ${sought}`) ? 1 : at.includes(sought) ? 2 : 3;
  };
  return all
    .filter((one) => rank(one) < 3)
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, SHOWN);
}

/** The words of a macro with {{customer}} and the like filled in; what nobody knows stays to be seen. */
export function filled(text: string, values: Record<string, string>): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => values[name] || whole);
}
