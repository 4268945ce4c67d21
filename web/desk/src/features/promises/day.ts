// day.ts — the promises of a day as marks on its line: what is due at one moment is one mark.
import type { FlagState } from '@gestand/kit';
import type { CustomerPromise } from '@gestand/sdk';
import { formatted, hourOf } from '../../app/time.svelte';
import { flagOf } from './promises';

export interface Mark {
  /** The moment, as the clock there shows it. */
  time: string;
  /** Its hour, with the minutes as a part. */
  hour: number;
  flag: FlagState;
  /** Nothing is owed of it any more. */
  isSettled: boolean;
  promises: CustomerPromise[];
}

/** What needs somebody most is what a mark of several looks like. */
const LOUDEST: readonly FlagState[] = ['broken', 'risk', 'made', 'kept', 'moved'];

export function marksOf(promises: readonly CustomerPromise[]): Mark[] {
  const marks = new Map<string, Mark>();
  for (const one of promises) {
    const at = new Date(one.due_at);
    const time = formatted(at, { hour: 'numeric', minute: '2-digit' });
    const mark = marks.get(time) ?? {
      time,
      hour: hourOf(at),
      flag: flagOf(one),
      isSettled: true,
      promises: [],
    };
    mark.promises.push(one);
    mark.isSettled &&= !one.is_owed;
    if (LOUDEST.indexOf(flagOf(one)) < LOUDEST.indexOf(mark.flag)) mark.flag = flagOf(one);
    marks.set(time, mark);
  }
  return [...marks.values()];
}

/** Those that would lie over one another, nearer than `gap` hours, as one: each can be pointed at. */
export function apart(marks: readonly Mark[], gap: number): Mark[] {
  const all: Mark[] = [];
  for (const mark of marks) {
    const last = all.at(-1);
    if (!last || mark.hour - last.hour >= gap) all.push({ ...mark });
    else all[all.length - 1] = joinedMark(last, mark);
  }
  return all;
}

function joinedMark(one: Mark, other: Mark): Mark {
  const isLouder = LOUDEST.indexOf(other.flag) < LOUDEST.indexOf(one.flag);
  return {
    ...one,
    flag: isLouder ? other.flag : one.flag,
    isSettled: one.isSettled && other.isSettled,
    promises: [...one.promises, ...other.promises],
  };
}

/** The next of them that is owed and not late; those come the earliest first. */
export function nextOwed(promises: readonly CustomerPromise[], now: number) {
  return promises.find(({ is_owed, due_at }) => is_owed && Date.parse(due_at) > now) ?? null;
}

/** The hours that the line shows: the working day, and what is promised outside it. */
export function hoursOf(marks: readonly Mark[]): number[] {
  const first = Math.min(8, ...marks.map(({ hour }) => Math.floor(hour)));
  const last = Math.max(18, ...marks.map(({ hour }) => Math.ceil(hour)));
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** What somebody is called for short: of Marieke de Graaf that is De Graaf. */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/);
  const rest = words.length > 1 && !words[0]?.includes('@') ? words.slice(1).join(' ') : name;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** Which of the marks have room for words: those that are owed, up to the next mark, or `end`. */
export function labelled(
  marks: readonly Mark[],
  widths: readonly number[],
  room: number,
  end: number,
): boolean[] {
  return marks.map((mark, i) => {
    const space = (marks[i + 1]?.hour ?? end) - mark.hour;
    return !mark.isSettled && space * room >= (widths[i] ?? 0);
  });
}
