// waysback.ts — what undoes one change of many cases.
import type { Case, CaseMany, CaseResult } from '@gestand/sdk';

export type ManyChange = Omit<CaseMany, 'cases'>;

export interface Picked {
  id: string;
  version?: number;
}
export type Undo = {
  change: ManyChange;
  cases: Picked[];
};

/** What brings this case back to how it was. Nothing goes back to new: it becomes open. */
function wayBack(one: Case, change: ManyChange): ManyChange {
  const had = new Set(one.labels?.map(({ id }) => id));
  const added = change.add_labels?.filter((id) => !had.has(id)) ?? [];
  const removed = change.remove_labels?.filter((id) => had.has(id)) ?? [];
  return {
    ...(change.status ? { status: one.status === 'new' ? 'open' : one.status } : {}),
    ...('team_id' in change ? { team_id: one.team_id } : {}),
    ...('assignee_id' in change ? { assignee_id: one.assignee_id } : {}),
    ...(change.priority ? { priority: one.priority, priority_why: one.priority_why } : {}),
    // What is done is snoozed no more.
    ...('snoozed_until' in change || (change.status === 'done' && one.snoozed_until)
      ? { snoozed_until: one.snoozed_until }
      : {}),
    ...(added.length > 0 ? { remove_labels: added } : {}),
    ...(removed.length > 0 ? { add_labels: removed } : {}),
    ...(change.is_unread === undefined ? {} : { is_unread: one.is_unread ?? false }),
  };
}

/** Only labels and marks can change without a new version: there is nothing to run over. */
function isVersioned(change: ManyChange): boolean {
  const fields = ['status', 'team_id', 'assignee_id', 'snoozed_until', 'priority'] as const;
  return fields.some((field) => change[field] !== undefined);
}

/** A change for each way that they were before: seldom more than a few. */
export function waysBack(
  cases: readonly Case[],
  results: readonly CaseResult[],
  change: ManyChange,
): Undo[] {
  const before = new Map(cases.map((one) => [one.id, one]));
  const ways = new Map<string, Undo>();
  for (const { id, version, problem } of results) {
    const one = before.get(id);
    const back = one && !problem ? wayBack(one, change) : {};
    if (Object.keys(back).length === 0) continue;
    const key = JSON.stringify(back);
    const way = ways.get(key) ?? { change: back, cases: [] };
    way.cases.push(isVersioned(back) ? { id, version } : { id });
    ways.set(key, way);
  }
  return [...ways.values()];
}
