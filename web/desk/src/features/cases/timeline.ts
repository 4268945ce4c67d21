// timeline.ts — what of a case's history is shown, and how much of it at first.
import type { TimelineItem } from './casefile.svelte';

/** The newest that are shown whole; so many before them have one line each. */
const WHOLE = 6;
const LINES = 6;
/** What nobody answered yet is whole too, up to so many. */
const UNREAD_MAX = 12;

/** A message that is on its way longer than this waits for something. */
const LATE_MS = 120_000;
export type Delivery = NonNullable<TimelineItem['state']> | 'late' | 'demo';

/** What says nothing that the messages and notes beside it don't say. */
const SILENT = new Set([
  'case.opened',
  'message.sent',
  'message.delivered',
  'message.read',
  'message.corrected',
  'person.added',
]);

export function isWords(item: TimelineItem): boolean {
  return item.kind === 'message' || item.kind === 'note';
}

export function shownItems(items: readonly TimelineItem[]): TimelineItem[] {
  return items.filter((item) => !SILENT.has(item.kind));
}

/** What came after our last word, or failed: it waits for somebody. */
function unreadOf(words: readonly TimelineItem[]): TimelineItem[] {
  const ours = words.findLastIndex((one) => one.direction !== 'in');
  return words.filter((item, i) => item.state === 'failed' || i > ours);
}

export interface Row {
  id: string;
  item: TimelineItem;
  /** The moment of the row above; none above the first. */
  before: string | undefined;
  isFolded: boolean;
}

export interface Rows {
  rows: Row[];
  /** The words above them, which are one line together until they're asked for. */
  older: TimelineItem[];
}

/** Beside what was looked for, so many are whole too. */
const BESIDE = 2;

function besideOf(words: readonly TimelineItem[], id: string): TimelineItem[] {
  const at = words.findIndex((one) => one.id === id);
  return at < 0 ? [] : words.slice(Math.max(0, at - BESIDE), at + BESIDE + 1);
}

/**
 * What is shown, newest last: whole, as a line of its own, or not yet; `more` words were asked for,
 * and `sought` is the id of one that was looked for.
 */
export function rowsOf(items: readonly TimelineItem[], more = 0, sought = ''): Rows {
  const shown = shownItems(items);
  const words = shown.filter(isWords);
  const unread = unreadOf(words).slice(-UNREAD_MAX);
  const beside = besideOf(words, sought);
  const whole = new Set([...words.slice(-WHOLE), ...unread, ...beside].map(({ id }) => id));
  const first = Math.max(0, words.length - Math.max(WHOLE, unread.length) - LINES - more);
  const older = words.slice(0, first);
  const from = first === 0 ? 0 : shown.indexOf(words[first] as TimelineItem);
  const rows = shown.slice(from).map((item, i, all) => ({
    id: item.id,
    item,
    before: all[i - 1]?.at,
    isFolded: isWords(item) && !whole.has(item.id),
  }));
  return { rows, older };
}

/** The words themselves, and the quoted history and signature behind them. */
export function parted(text: string, foldAt: number | undefined): { said: string; quoted: string } {
  if (foldAt === undefined) return { said: text.trim(), quoted: '' };
  const bytes = new TextEncoder().encode(text);
  if (foldAt <= 0 || foldAt >= bytes.length) return { said: text.trim(), quoted: '' };
  const decoder = new TextDecoder();
  return {
    said: decoder.decode(bytes.subarray(0, foldAt)).trim(),
    quoted: decoder.decode(bytes.subarray(foldAt)).trim(),
  };
}

/** What becomes of a message of ours: one that should have gone long ago says so. */
export function deliveryOf(item: TimelineItem, now: number, isDemo = false): Delivery {
  const state = item.state ?? 'queued';
  if (isDemo && state === 'sent') return 'demo';
  const isOnItsWay = state === 'queued' || state === 'sending';
  return isOnItsWay && now - Date.parse(item.at) > LATE_MS ? 'late' : state;
}

/** What a case.changed changed: the fields with what they are now. Who takes a case opens it, and
 * a reason that is gone went with its priority. */
export function changesOf(item: TimelineItem): Array<[string, unknown]> {
  if (item.kind !== 'case.changed') return [];
  const all = Object.entries(item.data ?? {});
  const isTaken = all.some(([field, value]) => field === 'assignee_id' && value);
  return all.filter(
    ([field, value]) =>
      !(isTaken && field === 'status' && value === 'open') &&
      !(field === 'priority_why' && value === null),
  );
}
