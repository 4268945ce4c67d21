// many.ts — one change for many cases: in pieces, told honestly, and with a way back.
import type { Case, CaseResult } from '@gestand/sdk';
import { wordsOf, type Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';
import { waysBack, type ManyChange, type Picked, type Undo } from './waysback';

/** As many as the server takes. */
const AT_ONCE = 100;

interface Sent {
  results: CaseResult[];
  /** What went wrong in the middle, for those behind it. */
  error: unknown;
}

async function send(desk: Desk, cases: readonly Picked[], change: ManyChange): Promise<Sent> {
  const results: CaseResult[] = [];
  try {
    for (let i = 0; i < cases.length; i += AT_ONCE) {
      if (cases.length > AT_ONCE) desk.picks.progress = { n: i, total: cases.length };
      const piece = cases.slice(i, i + AT_ONCE);
      results.push(...(await desk.api.postCasesChanges({ ...change, cases: piece })).items);
    }
    return { results, error: null };
  } catch (error) {
    return { results, error };
  } finally {
    desk.picks.progress = null;
  }
}

function say(results: readonly CaseResult[], left: number, error: unknown): string {
  const count = (problem?: CaseResult['problem']) =>
    results.filter((one) => one.problem === problem).length;
  const missing = count('missing') + count('refused');
  return [
    t('many.done', { n: count() }),
    count('changed') > 0 ? t('many.changed', { n: count('changed') }) : '',
    missing > 0 ? t('many.refused', { n: missing }) : '',
    error ? t('many.stopped', { n: left, why: wordsOf(error) }) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** What the list can show of it at once. */
function show(desk: Desk, results: readonly CaseResult[], change: ManyChange) {
  const { status, team_id, assignee_id, is_unread } = change;
  const known = {
    ...(status ? { status } : {}),
    ...(team_id === undefined ? {} : { team_id }),
    ...(assignee_id === undefined ? {} : { assignee_id }),
    ...(is_unread === undefined ? {} : { is_unread }),
  };
  const done = results.filter(({ problem }) => !problem);
  desk.inbox.patch(new Map(done.map(({ id, version }) => [id, { ...known, version }])));
}

async function undo(desk: Desk, ways: readonly Undo[]) {
  const results: CaseResult[] = [];
  let failure: unknown = null;
  let left = 0;
  for (const { change, cases } of ways) {
    const sent = await send(desk, cases, change);
    show(desk, sent.results, change);
    results.push(...sent.results);
    left += cases.length - sent.results.length;
    failure ??= sent.error;
  }
  desk.inbox.refresh();
  desk.toasts.say(say(results, left, failure));
}

/** Those that it didn't work for stay picked. */
export async function changeMany(desk: Desk, cases: readonly Case[], change: ManyChange) {
  // Who closes a case closes what he saw of it; the rest does no harm to what came since.
  const isRisky = change.status !== undefined;
  const picked = cases.map(({ id, version }) => (isRisky ? { id, version } : { id }));
  const { results, error } = await send(desk, picked, change);
  show(desk, results, change);
  const failed = new Set(desk.picks.ids);
  for (const { id, problem } of results) if (!problem) failed.delete(id);
  desk.picks.set(failed);
  desk.inbox.refresh();
  const words = say(results, cases.length - results.length, error);
  const ways = waysBack(cases, results, change);
  if (ways.length === 0) desk.toasts.warn(words);
  else desk.toasts.say(words, { label: t('undo'), run: () => void undo(desk, ways) });
}
