// alerts.svelte.ts — what a colleague is alerted to: that somebody named him, that a case is back.
// It stays until the case is read, here or elsewhere.
import type { Alert, Api, Event } from '@gestand/sdk';

/** What happens that can alert somebody. */
const KINDS = [
  'note.added',
  'case.woke',
  'promise.at_risk',
  'promise.broken',
  'task.made',
  'task.given',
  'task.returned',
  'task.done',
  'task.late',
];
/** Many events at once are one look. */
const GATHER_MS = 300;

const nameOf = ({ case_id, task_id, kind, at }: Alert) => `${case_id ?? task_id} ${kind} ${at}`;

export class Alerts {
  all = $state.raw<readonly Alert[]>([]);
  /** One that came while the desk was open. */
  onNew: (alert: Alert) => void = () => {};
  #isLoaded = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private api: Api) {}

  async load() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const known = new Set(this.all.map(nameOf));
    const { items } = await this.api.getMeAlerts();
    const news = items.filter((one) => this.#isLoaded && !known.has(nameOf(one)));
    this.all = items;
    this.#isLoaded = true;
    for (const one of news.reverse()) this.onNew(one);
  }

  happened({ kind }: Event) {
    if (KINDS.includes(kind)) this.refresh();
  }

  refresh() {
    this.#timer ??= setTimeout(() => void this.load().catch(() => {}), GATHER_MS);
  }

  has(caseId: string): boolean {
    return this.all.some(({ case_id }) => case_id === caseId);
  }

  /** Its task was looked at. */
  dropTask(taskId: string) {
    this.all = this.all.filter(({ task_id }) => task_id !== taskId);
  }

  /** Its case was read. */
  drop(caseId: string) {
    if (this.has(caseId)) this.all = this.all.filter(({ case_id }) => case_id !== caseId);
  }
}
