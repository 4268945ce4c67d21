// board.svelte.ts — the tasks of each state, for whoever's board it is.
import type { Api, Task } from '@gestand/sdk';
import { Listed } from '../settings/listed.svelte';
import { type State, STATES } from './words';

export type Whose = 'mine' | 'all' | 'unassigned';

/** So many of each state at first; of what is done the newest are enough. */
const LIMIT = 50;
const DONE_LIMIT = 10;

export class Board {
  whose = $state<Whose>('mine');
  /** Of which team; '': of any. */
  team = $state('');
  readonly groups: ReadonlyArray<{ state: State; list: Listed<Task> }>;
  readonly isLoading = $derived.by(() => this.groups.some(({ list }) => list.items === null));
  readonly failure = $derived.by(() => this.groups.find(({ list }) => list.failure)?.list.failure);

  constructor(
    private api: Api,
    private me: () => string | undefined,
  ) {
    this.groups = STATES.map((state) => ({
      state,
      list: new Listed<Task>((cursor) => this.#ask(state, cursor)),
    }));
  }

  load() {
    for (const { list } of this.groups) void list.load();
  }

  async again() {
    await Promise.all(this.groups.map(({ list }) => list.again()));
  }

  #ask(state: State, cursor: string | undefined) {
    const assignee =
      this.whose === 'mine' ? this.me() : this.whose === 'unassigned' ? 'none' : undefined;
    return this.api.getTasks({
      state,
      ...(assignee ? { assignee } : {}),
      ...(this.team && this.whose !== 'mine' ? { team: this.team } : {}),
      limit: state === 'done' ? DONE_LIMIT : LIMIT,
      ...(cursor ? { cursor } : {}),
    });
  }
}
