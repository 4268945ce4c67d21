// written.ts — what goes for all that somebody writes with promises in it: an answer, or a contact
// that is begun.
import type { Finding } from '../understanding/findings.svelte';
import type { Content } from './content';
import { isShort, promisedIn, taking, type Promised } from './promised';
import type { Uploads } from './uploads.svelte';

type Said = Pick<Content, 'text' | 'promises' | 'files'>;

export interface Written {
  readonly content: Said;
  readonly uploads: Uploads;
  write(change: Partial<Said>): void;
}

/** Takes over what a text promises. What one only noted becomes a sentence for the customer. False:
 * it has no moment, and there is nothing to hold us to until somebody says one. */
export function takeOver(
  to: Pick<Written, 'content' | 'write'>,
  finding: Finding,
  sentenceOf: (one: Promised) => string,
): boolean {
  const one = promisedIn(finding);
  if (!one) return false;
  const words = isShort(one) ? sentenceOf(one) : one.words;
  if (words !== one.words) to.write({ text: to.content.text.replace(one.words, () => words) });
  to.write({ promises: taking(to.content.promises, { ...one, words }) });
  return true;
}
