// tasks.svelte.ts — how much there is to do, and whether something became of it just now.
import type { Api, Event, TaskLoad } from '@gestand/sdk';

/** Many events at once are one look. */
const GATHER_MS = 300;
const NONE: TaskLoad = { mine_n: 0, mine_late_n: 0, teams: [] };

export class Tasks {
  load = $state.raw<TaskLoad>(NONE);
  /** Another one whenever something happened to a task: what shows any is read again. */
  stamp = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private api: Api) {}

  happened({ kind }: Event) {
    if (kind.startsWith('task.')) this.refresh();
  }

  refresh() {
    this.#timer ??= setTimeout(() => void this.#look(), GATHER_MS);
  }

  async #look() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.stamp++;
    this.load = await this.api.getTasksWorkload().catch(() => this.load);
  }
}
