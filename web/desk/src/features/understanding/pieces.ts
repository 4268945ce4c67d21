// pieces.ts — a text that is being written, parted where something was found in it.
import type { Finding } from './findings.svelte';

export interface Piece {
  text: string;
  /** What was found there. */
  kind?: Finding['kind'];
}

/** What was found in an earlier text is only shown where its words stand still. */
export function piecesOf(text: string, findings: readonly Finding[]): Piece[] {
  const found = findings
    .map(({ kind, words }) => ({ kind, words, at: words ? text.indexOf(words) : -1 }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  const pieces: Piece[] = [];
  let done = 0;
  for (const { kind, words, at } of found) {
    if (at < done) continue;
    if (at > done) pieces.push({ text: text.slice(done, at) });
    pieces.push({ text: words, kind });
    done = at + words.length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done) });
  return pieces;
}
