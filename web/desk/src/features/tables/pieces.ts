// pieces.ts — a table is sent in pieces, each with the first line before it.
//
// By its bytes, for nobody knows yet whether it's UTF-8: quotes and ends of lines are the same in
// all that comes. A line that is quoted may go on in the next one.

const QUOTE = 0x22;
const END = 0x0a;
export const LINES_MAX = 500; // as the server takes them at once
const BYTES_MAX = 900_000;

export interface Piece {
  content: Blob;
  /** How much further down in the table its lines stand than the server counts them. */
  offset: number;
}

/** Where each row begins, the first one's too, and where the last one ends; with its line. */
function rowsOf(bytes: Uint8Array): { at: number; line: number }[] {
  const rows = [{ at: 0, line: 1 }];
  let isQuoted = false;
  let line = 1;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === QUOTE) isQuoted = !isQuoted;
    if (bytes[i] !== END) continue;
    line++;
    if (!isQuoted) rows.push({ at: i + 1, line });
  }
  if ((rows.at(-1)?.at ?? 0) < bytes.length) rows.push({ at: bytes.length, line: line + 1 });
  return rows;
}

export function piecesOf(bytes: Uint8Array<ArrayBuffer>): Piece[] {
  const rows = rowsOf(bytes);
  const body = rows[1] ?? { at: bytes.length, line: 2 };
  const head = bytes.slice(0, body.at);
  const pieces: Piece[] = [];
  for (let from = 1; from < rows.length - 1;) {
    const first = rows[from]!;
    let to = from + 1;
    while (to < rows.length - 1 && to - from < LINES_MAX && rows[to + 1]!.at - first.at < BYTES_MAX)
      to++;
    const content = new Blob([head, bytes.slice(first.at, rows[to]!.at)]);
    pieces.push({ content, offset: first.line - body.line });
    from = to;
  }
  return pieces;
}
