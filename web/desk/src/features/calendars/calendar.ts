// calendar.ts — opening hours as people type and read them.
import type { Calendar, CalendarDraft } from '@gestand/sdk';

import { t, texts } from '../../app/text.svelte';
import { formatted } from '../../app/time.svelte';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];
export interface Period {
  from: string;
  to: string;
}
export type Exception = Calendar['exceptions'][number];

/** The noon of a Monday, and of the days behind it: for their names. */
const MONDAY = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;

export function dayName(day: Day): string {
  const at = new Date(MONDAY + DAYS.indexOf(day) * DAY_MS);
  const name = formatted(at, { weekday: 'long', timeZone: 'UTC' });
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** "2026-12-24" as a person says it. */
export function dateName(date: string): string {
  const at = new Date(`${date}T12:00:00Z`);
  return formatted(at, { weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' });
}

export function shownPeriods(periods: readonly Period[]): string {
  return periods.map(({ from, to }) => `${from}–${to}`).join(', ');
}

/** "9:30", "9.30", "9" and "930" are 09:30 and 09:00; null: it's no time. */
function minuteOf(text: string): string | null {
  const found = /^(\d{1,2})(?:[:.u]?(\d{2}))?\s*(?:u|uur|h)?$/.exec(text.trim());
  if (!found) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? '0')];
  if (minute > 59 || hour * 60 + minute > 24 * 60) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** "9-12:30, 13:00–17:00"; nothing is closed; null: it can't be read. */
export function periodsOf(text: string): Period[] | null {
  const periods: Period[] = [];
  for (const part of text.split(/[,;]/).filter((one) => one.trim() !== '')) {
    const [from, to, more] = part.split(/[-–—]/).map(minuteOf);
    if (!from || !to || more !== undefined || from >= to) return null;
    periods.push({ from, to });
  }
  return periods.sort((a, b) => (a.from < b.from ? -1 : 1));
}

export type WeekTexts = Record<Day, string>;

export function shownWeek(week: Calendar['week']): WeekTexts {
  const of = (day: Day) => shownPeriods(week.filter((one) => one.day === day));
  return Object.fromEntries(DAYS.map((day) => [day, of(day)])) as WeekTexts;
}

/** null: a day can't be read. */
export function weekOf(shown: WeekTexts): Calendar['week'] | null {
  const all = DAYS.map((day) => periodsOf(shown[day])?.map((one) => ({ day, ...one })) ?? null);
  return all.includes(null) ? null : all.flatMap((one) => one ?? []);
}

/** "ma–vr 09:00–17:00, za 10:00–16:00": days in a row with the same hours together. */
export function weekName(week: Calendar['week']): string {
  const shown = shownWeek(week);
  const groups: { first: Day; last: Day; hours: string }[] = [];
  for (const day of DAYS) {
    const last = groups.at(-1);
    if (last && last.hours === shown[day]) last.last = day;
    else groups.push({ first: day, last: day, hours: shown[day] });
  }
  const short = (day: Day) => dayName(day).slice(0, 2).toLowerCase();
  const open = groups.filter(({ hours }) => hours !== '');
  const parts = open.map(({ first, last, hours }) =>
    first === last ? `${short(first)} ${hours}` : `${short(first)}–${short(last)} ${hours}`,
  );
  return parts.length > 0 ? parts.join(', ') : t('calendars.neverOpen');
}

export function holidayName(name: string): string {
  return texts.sayOr(`holiday.${name}`, name.replaceAll('_', ' '));
}

/** Those that come, by day; what is over stays at the end of a long list. */
export function sortedExceptions(exceptions: readonly Exception[]): Exception[] {
  return [...exceptions].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/** A field of a clash, as a person reads it. */
export function clashValue(field: string, value: unknown): string {
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (field === 'week') return weekName(value as Calendar['week']);
  if (field === 'holidays') return (value as string[]).map(holidayName).join(', ');
  if (field === 'exceptions')
    return (value as Exception[]).map(({ from, name }) => name ?? dateName(from)).join(', ');
  if (field === 'teams') return String((value as string[]).length);
  return String(value ?? '');
}

/** What one can change of it. */
type Draft = Omit<Calendar, 'id' | 'created_at' | 'version'>;

export function draftOf(calendar: Calendar): CalendarDraft {
  const { name, is_default, teams, time_zone, rolls_forward, week, holidays, exceptions } =
    calendar;
  return { name, is_default, teams, time_zone, rolls_forward, week, holidays, exceptions };
}

/** One that is new: office hours for everybody, until somebody says otherwise. */
export function freshDraft(holidays: string[], isFirst: boolean): Draft {
  const week = DAYS.slice(0, 5).map((day) => ({ day, from: '09:00', to: '17:00' }));
  return {
    name: '',
    is_default: isFirst,
    teams: [],
    time_zone: null,
    rolls_forward: false,
    week,
    holidays,
    exceptions: [],
  };
}
