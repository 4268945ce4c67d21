// spans.ts — a time as a list of cases is asked for it: 7d for the last seven days, or from one moment
// to another; and the days of these, as an input writes them.

export const DAYS = ['1', '7', '30', '90', '365'] as const;

/** Both days included; an empty one: no matter. */
export interface Range {
  since: string;
  until: string;
}

/** How many days back; null: it's no such time. */
export function daysOf(span: string | undefined): string | null {
  return /^(\d+)d$/.exec(span ?? '')?.[1] ?? null;
}

export function rangeOf(span: string | undefined): Range {
  const [from = '', until = ''] = (span ?? '').includes('..') ? (span ?? '').split('..') : [];
  return { since: dayOf(from, 0), until: dayOf(until, -1) };
}

/** Empty when both days are. */
export function spanOf({ since, until }: Range): string {
  const [from, to] = [momentOf(since, 0), momentOf(until, 1)];
  return from || to ? `${from}..${to}` : '';
}

/** The day of a moment here, so many days later. */
function dayOf(moment: string, later: number): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return '';
  at.setDate(at.getDate() + later);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** When a day begins here, so many days later. */
function momentOf(day: string, later: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  if (!(year > 1969 && year < 3000 && month > 0 && date > 0)) return '';
  return new Date(year, month - 1, date + later).toISOString();
}
