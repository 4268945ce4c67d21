// history.ts — a case's timeline as far as it was read. Messages, notes and events have one order,
// that of their ids behind the prefix: each part of it is all that there is between two ids.
import type { Case } from '@gestand/sdk';

type Item = NonNullable<Case['timeline']>[number];

/** After these some of what was said stands in another case. */
const MOVING = new Set([
  'case.merged',
  'case.unmerged',
  'case.moved',
  'case.move_undone',
  'case.split',
]);

const PREFIX = 'msg_'.length;
const placeOf = ({ id }: Item) => id.slice(PREFIX);

function nearest(items: readonly Item[], isNearer: (a: string, b: string) => boolean) {
  return items.reduce<Item | undefined>(
    (best, item) => (!best || isNearer(placeOf(item), placeOf(best)) ? item : best),
    undefined,
  );
}
/** From where the older ones, and the newer ones, are asked for. */
export const oldestOf = (items: readonly Item[]) => nearest(items, (a, b) => a < b);
export const newestOf = (items: readonly Item[]) => nearest(items, (a, b) => a > b);

/** Both by time, each item once, as the later one has it. */
export function joined(earlier: readonly Item[], later: readonly Item[]): Item[] {
  const known = new Set(later.map(({ id }) => id));
  const all = [...earlier.filter(({ id }) => !known.has(id)), ...later];
  return all.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/**
 * What stays of what was known, now that the newest part was read again: what is before it. Null
 * when it can't be said: much came in between, or something was moved.
 */
export function before(known: readonly Item[], newest: readonly Item[]): Item[] | null {
  const first = oldestOf(newest);
  const last = newestOf(known);
  if (!first || !last || placeOf(last) < placeOf(first)) return null;
  const ids = new Set(known.map(({ id }) => id));
  if (newest.some(({ id, kind }) => MOVING.has(kind) && !ids.has(id))) return null;
  return known.filter((item) => placeOf(item) < placeOf(first));
}
