// drawing.ts — a journey as lanes over time: where each thing stands. Pure; sizes in pixels.
import type { Journey } from '@gestand/sdk';

export const LANE = 52;
export const LEFT = 148;
export const TOP = 56;
const RIGHT = 14;
const DAY = 86_400_000;
/** A journey of an hour isn't drawn over the width of a week. */
const LEAST = 6 * 3_600_000;
/** So many lines of days still can be read. */
const DAYS_MOST = 10;

export interface Dot {
  x: number;
  y: number;
  contact: number;
  isOurs: boolean;
  isRepeat: boolean;
  isLost: boolean;
  at: string;
  text: string;
}
/** What stood in another system, until the next thing was said there. */
export interface Bar {
  from: number;
  to: number;
  y: number;
  status: string;
  at: string;
}
export interface Drawing {
  width: number;
  height: number;
  now: number;
  lanes: { y: number; name: string; type: string }[];
  days: { x: number; at: Date }[];
  waits: { from: number; to: number; y: number; minutes: number; isOver: boolean }[];
  switches: { x: number; from: number; to: number; kind: 'forced' | 'ours' | 'own'; n: number }[];
  dots: Dot[];
  /** Nobody was at work. */
  closings: { from: number; to: number }[];
  /** Behind the scenes, below the lanes: the records that something happened to. */
  behind: { y: number; type: string; title: string }[];
  bars: Bar[];
}

/** More of them nobody would read; the newest. */
const BEHIND_MOST = 4;
/** Between what the customer sees and what he doesn't. */
export const GAP = 28;
const LANE_BEHIND = 36;

/** Midnights between two moments in the zone that `hourOf` tells the time of, far enough apart. */
function daysOf(from: number, until: number, hourOf: (at: Date) => number): Date[] {
  const days: Date[] = [];
  const step = Math.max(1, Math.ceil((until - from) / DAY / DAYS_MOST));
  const begin = from - hourOf(new Date(from)) * 3_600_000;
  for (let at = begin; at <= until; at += step * DAY) {
    // Over the change to summer time midnight is an hour off.
    const hour = hourOf(new Date(at));
    days.push(new Date(at - (hour > 12 ? hour - 24 : hour) * 3_600_000));
  }
  return days.filter((day) => day.getTime() > from && day.getTime() <= until);
}

export function drawingOf(journey: Journey, width: number, hourOf: (at: Date) => number): Drawing {
  const from = Date.parse(journey.at);
  const until = Math.max(Date.parse(journey.until), from + LEAST);
  const room = Math.max(width - LEFT - RIGHT, 1);
  const x = (at: string | number) =>
    LEFT + 10 + ((Number(new Date(at)) - from) / (until - from)) * (room - 20);
  const places = new Map(journey.lanes.map((lane, i) => [lane.channel_id, TOP + i * LANE]));
  const y = (channel: string) => places.get(channel) ?? TOP;
  const told = journey.records.map((one) => ({ ...one, key: `${one.type} ${one.title}` }));
  const keys = [...new Set(told.map(({ key }) => key))].slice(-BEHIND_MOST);
  const below = TOP + journey.lanes.length * LANE + (keys.length > 0 ? GAP : 0);
  const seen = new Set<number>();
  let forced = 0;
  return {
    width,
    height: below + keys.length * LANE_BEHIND,
    now: x(journey.until),
    lanes: journey.lanes.map(({ name, type, channel_id }) => ({ y: y(channel_id), name, type })),
    days: daysOf(from, until, hourOf).map((at) => ({ x: x(at.getTime()), at })),
    waits: journey.waits.map((wait) => ({
      from: x(wait.at),
      to: x(wait.until),
      y: y(wait.channel_id),
      minutes: wait.minutes,
      isOver: wait.is_over,
    })),
    // One into another case has no lane here: it's told below the facts.
    switches: journey.switches
      .filter((one) => !one.case_id)
      .map((one) => ({
        x: x(one.at),
        from: y(one.from_id),
        to: y(one.to_id),
        kind: one.kind,
        n: one.kind === 'forced' ? ++forced : 0,
      })),
    closings: journey.closings.map((one) => ({ from: x(one.at), to: x(one.until) })),
    behind: keys.map((key, i) => {
      const { type, title } = told.find((one) => one.key === key)!;
      return { y: below + i * LANE_BEHIND, type, title };
    }),
    bars: told.flatMap((one, i) => {
      const at = keys.indexOf(one.key);
      const next = told.slice(i + 1).find(({ key }) => key === one.key);
      return at < 0
        ? []
        : [
            {
              from: x(one.at),
              to: x(next?.at ?? journey.until),
              y: below + at * LANE_BEHIND,
              status: one.status,
              at: one.at,
            },
          ];
    }),
    // Of a contact the first words of each side; the rest of a chat would be one blot.
    dots: journey.steps.flatMap((step) => {
      const isOurs = step.direction === 'out';
      const key = step.contact * 2 + (isOurs ? 1 : 0);
      const contact = journey.contacts[step.contact];
      if (step.is_auto || (seen.has(key) && !step.is_lost)) return [];
      seen.add(key);
      return {
        x: x(step.at),
        y: y(step.channel_id),
        contact: step.contact,
        isOurs,
        isRepeat: !isOurs && (contact?.is_repeat ?? false),
        isLost: step.is_lost,
        at: step.at,
        text: step.text,
      };
    }),
  };
}
