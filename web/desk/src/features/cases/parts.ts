// parts.ts — a long list of cases as it was read: parts behind one another, each from a place in the
// order of the list to the place where the next one begins. A place stays what it is when cases come
// and go, so one part is read again without the others.
import type { Case } from '@gestand/sdk';

export interface Part {
  /** Where it begins; null: at the top. */
  from: string | null;
  cases: Case[];
  /** Something happened since it was read. */
  isStale: boolean;
}
export interface List {
  parts: Part[];
  /** Where what wasn't read yet begins; null: nowhere. */
  next: string | null;
}
export interface Page {
  items: Case[];
  next: string | null;
}

export const EMPTY: List = { parts: [{ from: null, cases: [], isStale: true }], next: null };

export function casesOf({ parts }: List): Case[] {
  return parts.flatMap(({ cases }) => cases);
}

export function stale({ parts, next }: List): List {
  return { parts: parts.map((part) => ({ ...part, isStale: true })), next };
}

/** Those that hold rows from the first to before the last one that is seen. */
export function seen({ parts }: List, first: number, last: number): number[] {
  let at = 0;
  return parts.flatMap(({ cases }, i) => {
    const from = at;
    at += cases.length;
    return from < last && at > first ? [i] : [];
  });
}

/** The list with one part as it was read again: each case once, and none pushed out by others. */
export function placed({ parts, next }: List, at: number, page: Page): List {
  const read = new Set(page.items.map(({ id }) => id));
  const without = (part: Part): Part => ({
    ...part,
    cases: part.cases.filter(({ id }) => !read.has(id)),
  });
  const was = parts[at] as Part;
  const part = { from: was.from, cases: page.items, isStale: false };
  const before = parts.slice(0, at).map(without);
  // Behind the end of the list is nothing.
  if (page.next === null) return { parts: [...before, part], next: null };
  // What stood behind the last one that is still there had to make room: it's in the next part.
  const end = was.cases.findLastIndex(({ id }) => read.has(id));
  const pushed = was.cases.slice(end + 1);
  const after = parts.slice(at + 1).map(without);
  const [first = { cases: [] }, ...rest] = after;
  if (after.length === 0 && pushed.length === 0)
    return { parts: [...before, part], next: page.next };
  const follows = { from: page.next, cases: [...pushed, ...first.cases], isStale: true };
  return { parts: [...before, part, follows, ...rest], next };
}

/** One part more, behind the others. */
export function added({ parts, next }: List, page: Page): List {
  const known = new Set(casesOf({ parts, next }).map(({ id }) => id));
  const cases = page.items.filter(({ id }) => !known.has(id));
  return { parts: [...parts, { from: next, cases, isStale: false }], next: page.next };
}

export function patched(list: List, changes: ReadonlyMap<string, Partial<Case>>): List {
  const change = (one: Case) => ({ ...one, ...changes.get(one.id) });
  const parts = list.parts.map((part) => ({ ...part, cases: part.cases.map(change) }));
  return { parts, next: list.next };
}
