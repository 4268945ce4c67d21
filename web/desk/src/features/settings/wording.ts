// wording.ts — how an organisation words things, as lines that people type: one a line.
import type { Wording } from '@gestand/sdk';

/** Marks a word that also counts as a part of longer ones: klacht*. */
const PART = '*';

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

export function ownOf(text: string): Wording['own'] {
  return linesOf(text);
}

export function forbiddenOf(text: string): Wording['forbidden'] {
  return linesOf(text)
    .map((line) => ({
      text: line.replaceAll(PART, '').trim(),
      in_compounds: line.includes(PART),
    }))
    .filter((one) => one.text !== '');
}

export function shownForbidden(words: Wording['forbidden']): string {
  return words.map((one) => one.text + (one.in_compounds ? PART : '')).join('\n');
}
