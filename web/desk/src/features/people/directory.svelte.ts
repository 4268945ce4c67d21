// directory.svelte.ts — colleagues, teams and channels by their id: few, and all of them here.
import type { Api, Channel, Event, Team, User } from '@gestand/sdk';
import { t } from '../../app/text.svelte';

const LIMIT = 200;
/** Many that are asked for at once are one look … */
const GATHER_MS = 300;
/** … and there is none again for so long: a list of strangers is no reason to ask without end. */
const EVERY_MS = 3000;
const KINDS = /^(user|team|channel)\.(added|changed|removed)$/;

interface Page<Item> {
  items: Item[];
  next: string | null;
}

async function allOf<Item>(ask: (cursor?: string) => Promise<Page<Item>>): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await ask(cursor);
    all.push(...items);
    cursor = next ?? undefined;
  } while (cursor);
  return all;
}

export class Directory {
  users = $state.raw<User[]>([]);
  teams = $state.raw<Team[]>([]);
  channels = $state.raw<Channel[]>([]);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #askedAt = 0;
  /** The reading that was begun last, and the one that is shown. */
  #round = 0;
  #shown = 0;
  /** Those who weren't there, and were asked for already. */
  #sought = new Set<string>();

  constructor(private api: Api) {}

  async load() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#askedAt = Date.now();
    const round = ++this.#round;
    const [users, teams, channels] = await Promise.all([
      allOf((cursor) => this.api.getUsers({ cursor, limit: LIMIT })),
      allOf((cursor) => this.api.getTeams({ cursor, limit: LIMIT })),
      this.api.getChannels(),
    ]);
    // What was asked for later came sooner.
    if (round < this.#shown) return;
    this.#shown = round;
    this.users = users;
    this.teams = teams;
    this.channels = channels.items;
  }

  happened({ kind }: Pick<Event, 'kind'>) {
    if (KINDS.test(kind)) this.refresh();
  }

  /** Soon, and once for all who ask until then. */
  refresh() {
    const wait = Math.max(GATHER_MS, this.#askedAt + EVERY_MS - Date.now());
    this.#timer ??= setTimeout(() => void this.load().catch(() => this.#sought.clear()), wait);
  }

  /** Of nobody: the program. Of a colleague who isn't known here: that he is one, and he is asked for. */
  nameOf(userId: string | null | undefined): string {
    if (!userId) return t('people.system');
    const user = this.users.find((one) => one.id === userId);
    if (!user) this.#seek(userId);
    return user?.name || user?.email || t('people.colleague');
  }

  teamOf(teamId: string | null): string {
    return this.teams.find((one) => one.id === teamId)?.name ?? '';
  }

  channelOf(channelId: string | null | undefined): Channel | null {
    return this.channels.find((one) => one.id === channelId) ?? null;
  }

  /** Once for each: who still isn't there then won't be by asking. */
  #seek(userId: string) {
    // Before the first reading nobody is known, and it's on its way.
    if (this.#shown === 0 || this.#sought.has(userId)) return;
    this.#sought.add(userId);
    this.refresh();
  }
}
