// marks.ts — a text in pieces: what was sought, and what stands around it.
export interface Piece {
  text: string;
  isHit: boolean;
}

/** By the server's marks: bytes of the text in UTF-8, in order. */
export function piecesOf(text: string, marks: ReadonlyArray<{ from: number; to: number }>) {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const part = (from: number, to: number) => decoder.decode(bytes.subarray(from, to));
  const pieces: Piece[] = [];
  let end = 0;
  for (const { from, to } of marks) {
    if (from < end || to <= from) continue;
    pieces.push({ text: part(end, from), isHit: false }, { text: part(from, to), isHit: true });
    end = to;
  }
  pieces.push({ text: part(end, bytes.length), isHit: false });
  return pieces.filter((piece) => piece.text !== '');
}

/** Small letters without accents, one for each of the text: places stay what they are. */
export function folded(text: string): string {
  return Array.from({ length: text.length }, (_, i) => {
    const letter = text.charAt(i);
    return (letter.normalize('NFD')[0] ?? letter).toLowerCase()[0] ?? letter;
  }).join('');
}

export function wordsOf(sought: string): string[] {
  return folded(sought).split(/\s+/).filter(Boolean);
}

/** By the beginnings of words that somebody typed, for a text that the server didn't mark. */
export function markedBy(text: string, words: readonly string[]): Piece[] {
  const plain = folded(text);
  const isHit = new Array<boolean>(text.length).fill(false);
  for (const word of words) {
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1))
      if (isStart(plain, at)) isHit.fill(true, at, at + word.length);
  }
  const pieces: Piece[] = [];
  for (let i = 0; i < text.length; i++) {
    const last = pieces.at(-1);
    if (last && last.isHit === isHit[i]) last.text += text.charAt(i);
    else pieces.push({ text: text.charAt(i), isHit: isHit[i] ?? false });
  }
  return pieces;
}

/** Does a word begin here? */
export function isStart(plain: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(plain.charAt(at - 1));
}
