// sought.ts — what is looked for, as it stands in the address behind the question mark.
import type { Api } from '@gestand/sdk';
import type { CaseFilter } from '../cases/views';

export const KINDS = ['all', 'message', 'case', 'person'] as const;
export type SearchKind = (typeof KINDS)[number];

/** Of cases, and of messages by their case; people have none. */
const CASE_FILTERS = ['status', 'channel', 'team', 'assignee', 'label', 'person'] as const;
/** Of messages alone. The moments are days as an input writes them, both days included. */
const MESSAGE_FILTERS = ['direction', 'since', 'until'] as const;
export const FILTERS = [...CASE_FILTERS, ...MESSAGE_FILTERS];
export type FilterName = (typeof FILTERS)[number];
export type SearchFilter = Pick<CaseFilter, (typeof CASE_FILTERS)[number]> & {
  direction?: 'in' | 'out';
  since?: string;
  until?: string;
};

export interface Sought {
  q: string;
  kind: SearchKind;
  filter: SearchFilter;
}

export function soughtOf(query = ''): Sought {
  const given = new URLSearchParams(query);
  const filter = FILTERS.flatMap((name) => {
    const value = given.get(name);
    return value ? [[name, value]] : [];
  });
  return {
    q: given.get('q') ?? '',
    kind: KINDS.find((kind) => kind === given.get('kind')) ?? 'all',
    filter: { status: 'all', ...Object.fromEntries(filter) } as SearchFilter,
  };
}

export function queryOf({ q, kind, filter }: Sought): string {
  const { status, ...others } = filter;
  const all = { q, kind: kind === 'all' ? '' : kind, status: status === 'all' ? '' : status };
  const given = Object.entries({ ...all, ...others }).filter(([, value]) => value);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

/** The filters that leave something out, and that this kind of search has. */
export function activeFilters({ kind, filter }: Sought): FilterName[] {
  if (kind === 'person') return [];
  const names: readonly FilterName[] = kind === 'case' ? CASE_FILTERS : FILTERS;
  return names.filter((name) => filter[name] && !(name === 'status' && filter.status === 'all'));
}

export function caseFilterOf(filter: SearchFilter): CaseFilter {
  return Object.fromEntries(CASE_FILTERS.flatMap((name) => given(filter, name)));
}

/** As the server is asked: moments instead of days. */
export function messageFilterOf(filter: SearchFilter): Omit<Parameters<Api['getSearch']>[0], 'q'> {
  const since = momentOf(filter.since, 0);
  const until = momentOf(filter.until, 1);
  return {
    ...Object.fromEntries([...CASE_FILTERS, 'direction' as const].flatMap((n) => given(filter, n))),
    ...(since && { since }),
    ...(until && { until }),
  };
}

function given(filter: SearchFilter, name: FilterName): Array<[string, string]> {
  const value = filter[name];
  return value ? [[name, value]] : [];
}

/** When a day begins here, so many days later; nothing of what is no day. */
function momentOf(day: string | undefined, later: number): string | undefined {
  const [year = 0, month = 0, date = 0] = (day ?? '').split('-').map(Number);
  if (!(year > 1969 && year < 3000 && month > 0 && date > 0)) return undefined;
  return new Date(year, month - 1, date + later).toISOString();
}
