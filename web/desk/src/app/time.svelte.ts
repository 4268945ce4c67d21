// time.svelte.ts — now, and moments as people say them.
import { t, texts } from './text.svelte';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The moment that the desk shows everything by; it moves every quarter of a minute. */
class Clock {
  now = $state(Date.now());
  /** Where the organisation works: its customers' five o'clock, wherever the agent sits. */
  zone = $state<string | undefined>();

  constructor() {
    setInterval(() => (this.now = Date.now()), 15_000);
  }
}
export const clock = new Clock();

/** Short, for a list: 11 min, 1 u 48, 3 d. */
export function lengthOf(ms: number): string {
  if (ms < MINUTE) return t('time.now');
  if (ms < HOUR) return t('time.minutes', { n: Math.floor(ms / MINUTE) });
  const minutes = String(Math.floor((ms % HOUR) / MINUTE)).padStart(2, '0');
  if (ms < DAY) return t('time.hours', { hours: Math.floor(ms / HOUR), minutes });
  return t('time.days', { n: Math.floor(ms / DAY) });
}

/** English as it's said on this side of the ocean: Thu 3 Dec 16:00. */
const localeOf = (language: string) => (language === 'en' ? 'en-GB' : language);

/** One of each: to make one takes longer than to use it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();

export function formatted(at: Date, options: Intl.DateTimeFormatOptions): string {
  const zoned = clock.zone ? { ...options, timeZone: clock.zone } : options;
  const name = texts.language + JSON.stringify(zoned);
  const format = formats.get(name) ?? new Intl.DateTimeFormat(localeOf(texts.language), zoned);
  formats.set(name, format);
  return format.format(at);
}

function isSameDay(a: Date, b: Date): boolean {
  return formatted(a, { dateStyle: 'short' }) === formatted(b, { dateStyle: 'short' });
}

/** The hour of the day there, with its minutes as a part: 10:42 is 10.7. */
export function hourOf(at: Date): number {
  const [hours, minutes] = formatted(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    .split(/\D+/)
    .map(Number);
  return (hours ?? 0) + (minutes ?? 0) / 60;
}

/** What a clock there shows then, as an input of the browser has it: 2026-11-30T09:00. */
export function wallOf(at: Date): string {
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const day = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const zone = clock.zone ? { timeZone: clock.zone } : {};
  const format = new Intl.DateTimeFormat('sv-SE', { ...day, ...time, ...zone });
  return format.format(at).replace(' ', 'T');
}

/** When a clock there shows it; of an hour that is skipped in spring, the next. */
export function whenShown(wall: string): Date {
  const asIfUtc = Date.parse(`${wall}Z`);
  const ahead = (at: number) => Date.parse(`${wallOf(new Date(at))}Z`) - at;
  return new Date(asIfUtc - ahead(asIfUtc - ahead(asIfUtc)));
}

/** 10:31 today, ma 13:20 a few days before or behind, 27 nov 17:52 further away. */
export function momentOf(text: string, now = clock.now): string {
  const at = new Date(text);
  const time = formatted(at, { hour: '2-digit', minute: '2-digit' });
  if (isSameDay(at, new Date(now))) return time;
  const isNear = Math.abs(now - at.getTime()) < 6 * DAY;
  const day: Intl.DateTimeFormatOptions = isNear
    ? { weekday: 'short' }
    : { day: 'numeric', month: 'short' };
  return `${formatted(at, day)} ${time}`;
}

/** In a row of moments the day is said once, by its first: vandaag 9:05, and 9:40 behind it. */
export function momentBehind(text: string, before: string | undefined, now = clock.now): string {
  const at = new Date(text);
  const time = formatted(at, { hour: '2-digit', minute: '2-digit' });
  if (before && isSameDay(at, new Date(before))) return time;
  return isSameDay(at, new Date(now)) ? t('time.today', { time }) : momentOf(text, now);
}

/** In full, for who looks longer. */
export function exactMoment(text: string): string {
  return formatted(new Date(text), { dateStyle: 'full', timeStyle: 'short' });
}
