// many.ts — one change for many cases: in pieces, told honestly, and with a way back. What can't be
// brought to the server now waits on this device.
import type { Case, CaseResult } from '@gestand/sdk';

import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';
import { wordsOf } from '../../app/words';
import { isAway } from '../outgoing/outgoing.svelte';

import { type ManyChange, type Picked, type Undo, waysBack } from './waysback';

/** As many as the server takes. */
const AT_ONCE = 100;

interface Sent {
  results: CaseResult[];
  /** Those that wait for the network. */
  kept: Case[];
  /** What went wrong in the middle, for those behind it. */
  error: unknown;
}

async function send(
  desk: Desk,
  cases: readonly Case[],
  picked: readonly Picked[],
  change: ManyChange,
): Promise<Sent> {
  const results: CaseResult[] = [];
  try {
    for (let i = 0; i < picked.length; i += AT_ONCE) {
      if (picked.length > AT_ONCE) desk.picks.progress = { n: i, total: picked.length };
      const piece = picked.slice(i, i + AT_ONCE);
      results.push(...(await desk.api.postCasesChanges({ ...change, cases: piece })).items);
    }
    return { results, kept: [], error: null };
  } catch (error) {
    if (!isAway(error)) return { results, kept: [], error };
    const left = new Set(picked.slice(results.length).map(({ id }) => id));
    const kept = cases.filter(({ id }) => left.has(id));
    for (const one of kept) desk.outgoing.keep(one, change);
    return { results, kept, error: null };
  } finally {
    desk.picks.progress = null;
  }
}

/** How it's told that it worked, of so many. */
type Said = (n: number) => string;
const CHANGED: Said = (n) => t('many.done', { n });

function say({ results, kept, error }: Sent, total: number, done = CHANGED): string {
  const count = (problem?: CaseResult['problem']) =>
    results.filter((one) => one.problem === problem).length;
  const missing = count('missing') + count('refused');
  const left = total - results.length;
  return [
    kept.length < total ? done(count()) : '',
    kept.length > 0 ? t('outgoing.kept') : '',
    count('changed') > 0 ? t('many.changed', { n: count('changed') }) : '',
    missing > 0 ? t('many.refused', { n: missing }) : '',
    error ? t('many.stopped', { n: left, why: wordsOf(error) }) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** As the case is when all of it is done. */
function changed(desk: Desk, one: Case, change: ManyChange): Partial<Case> {
  const { add_labels = [], remove_labels = [], ...fields } = change;
  const gone = new Set([...add_labels, ...remove_labels]);
  const added = desk.labels.all.filter(({ id }) => add_labels.includes(id));
  const labels = [...(one.labels ?? []).filter(({ id }) => !gone.has(id)), ...added];
  return { ...fields, ...(gone.size > 0 ? { labels } : {}) };
}

/** What can be shown of it at once. */
function show(desk: Desk, cases: readonly Case[], { results, kept }: Sent, change: ManyChange) {
  const versions = new Map(results.map(({ id, version, problem }) => [id, problem ? 0 : version]));
  const rows = new Map<string, Partial<Case>>();
  for (const one of cases) {
    const version = versions.get(one.id);
    if (version) rows.set(one.id, { ...changed(desk, one, change), version });
  }
  for (const one of kept) rows.set(one.id, changed(desk, one, change));
  desk.inbox.patch(rows);
  for (const [id, row] of rows) desk.casefile.patch(id, row);
  // Without a network an older list would come back.
  if (kept.length === 0) desk.inbox.refresh();
}

async function undo(desk: Desk, cases: readonly Case[], ways: readonly Undo[]) {
  const all: Sent = { results: [], kept: [], error: null };
  let total = 0;
  for (const { change, cases: picked } of ways) {
    const sent = await send(desk, cases, picked, change);
    show(desk, cases, sent, change);
    all.results.push(...sent.results);
    all.kept.push(...sent.kept);
    all.error ??= sent.error;
    total += picked.length;
  }
  desk.toasts.say(say(all, total));
}

/** Those that it didn't work for stay picked. */
export async function changeMany(
  desk: Desk,
  cases: readonly Case[],
  change: ManyChange,
  said?: Said,
) {
  // Who closes a case closes what he saw of it; the rest does no harm to what came since.
  const isRisky = change.status !== undefined;
  const picked = cases.map(({ id, version }) => (isRisky ? { id, version } : { id }));
  const sent = await send(desk, cases, picked, change);
  show(desk, cases, sent, change);
  const failed = new Set(desk.picks.ids);
  for (const { id, problem } of sent.results) if (!problem) failed.delete(id);
  for (const { id } of sent.kept) failed.delete(id);
  desk.picks.set(failed);
  const words = say(sent, cases.length, said);
  const ways = waysBack(cases, [...sent.results, ...sent.kept.map(asDone)], change);
  if (ways.length === 0) desk.toasts.warn(words);
  else desk.toasts.say(words, { label: t('undo'), run: () => void undo(desk, cases, ways) });
}

/** What waits is undone in the same way: whatever it has become by then. */
function asDone({ id }: Case): CaseResult {
  return { id, version: 0 };
}
