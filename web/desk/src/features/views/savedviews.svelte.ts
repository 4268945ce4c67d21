// savedviews.svelte.ts — lists of cases that were given a name, and how many cases stand in each.
import type { Api, Event, View as SavedView, ViewCount, ViewDraft } from '@gestand/sdk';
import { settings } from '../../app/settings.svelte';
import { Soon } from '../../app/soon';
import type { CaseFilter, View } from '../cases/views';
import type { Conflicts } from '../conflicts/conflicts.svelte';

/** However much happens, it's counted no more often. */
const COUNT_EVERY_MS = 4000;
/** Many events at once are one look. */
const GATHER_MS = 300;

/** What a view asks for; what it doesn't say is left out. */
export function filterOf(view: SavedView): CaseFilter {
  const { status, sort, channel_id: channel, label_id: label, person_id: person } = view;
  const { team, assignee, opened, last_message, waits, urgent, emotion, q } = view;
  const when = { opened, last_message };
  const rest = { team, assignee, channel, label, person, ...when, waits, urgent, emotion, q };
  const some = Object.entries(rest).filter(([, value]) => value);
  return { status, sort, ...Object.fromEntries(some) };
}

/** The same the other way. */
export function draftOf(name: string, isShared: boolean, filter: CaseFilter): ViewDraft {
  const { status, sort, team, assignee, channel, label, waits, urgent, emotion, q } = filter;
  const { person, opened, last_message } = filter;
  return {
    name,
    is_shared: isShared,
    ...(status ? { status } : {}),
    ...(sort ? { sort } : {}),
    ...(emotion ? { emotion } : {}),
    waits: Boolean(waits),
    urgent: Boolean(urgent),
    team: team || null,
    assignee: assignee || null,
    channel_id: channel || null,
    label_id: label || null,
    person_id: person || null,
    opened: opened || null,
    last_message: last_message || null,
    q: q || null,
  };
}

/** In the order that this user gave them; what is new since then comes last. */
export function inOrder(views: readonly SavedView[], kept: string): SavedView[] {
  const ids = kept.split(',');
  const placeOf = ({ id }: SavedView) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  return [...views].sort((a, b) => placeOf(a) - placeOf(b));
}

export class SavedViews {
  #all = $state.raw<SavedView[]>([]);
  readonly all = $derived(inOrder(this.#all, settings.views));
  readonly lists = $derived<View[]>(
    this.all.map((view) => ({ id: view.id, label: view.name, filter: filterOf(view) })),
  );
  #counts = $state.raw<ReadonlyMap<string, ViewCount>>(new Map());
  #countedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #anew = new Soon(() => this.#readAnew());
  /** Told of a view that is there no more, or is its owner's alone. */
  onGone: (view: SavedView) => void = () => {};

  constructor(private api: Api) {}

  async load() {
    this.#all = (await this.api.getViews()).items;
    await this.#count();
  }

  /** A colleague did something to a shared one. */
  happened({ kind }: Pick<Event, 'kind'>) {
    if (kind.startsWith('view.')) this.#anew.ask();
  }

  async #readAnew() {
    const before = this.#all;
    await this.load();
    for (const view of before) if (!this.find(view.id)) this.onGone(view);
  }

  find(id: string): SavedView | null {
    return this.all.find((view) => view.id === id) ?? null;
  }

  /** How many, as it's shown; empty when nobody counted. */
  countOf(id: string): string {
    const count = this.#counts.get(id);
    if (!count) return '';
    return count.is_more ? `${count.cases}+` : String(count.cases);
  }

  /** Something happened to some case: counts again, soon. */
  refresh() {
    if (this.#timer !== undefined) return;
    const wait = Math.max(GATHER_MS, this.#countedAt + COUNT_EVERY_MS - Date.now());
    this.#timer = setTimeout(() => void this.#count().catch(() => {}), wait);
  }

  async save(draft: ViewDraft): Promise<SavedView> {
    const made = await this.api.postViews(draft);
    this.#all = [...this.#all, made];
    void this.#count().catch(() => {});
    return made;
  }

  /** Another name or filter, or for others too. */
  async change(view: SavedView, draft: ViewDraft, conflicts: Conflicts): Promise<boolean> {
    const saved = await conflicts.save({
      base: view,
      mine: draft,
      name: view.name,
      write: (wanted, ifMatch) => this.api.putViewsById(view.id, wanted, ifMatch),
      read: async () => (await this.api.getViews()).items.find(({ id }) => id === view.id) ?? view,
    });
    if (!saved) return false;
    this.#all = this.#all.map((one) => (one.id === saved.id ? saved : one));
    void this.#count().catch(() => {});
    return true;
  }

  /** One place up or down, for this user. */
  move(view: SavedView, by: 1 | -1) {
    const ids = this.all.map(({ id }) => id).filter((id) => id !== view.id);
    const to = this.all.indexOf(view) + by;
    ids.splice(Math.max(0, to), 0, view.id);
    settings.views = ids.join(',');
  }

  async remove(view: SavedView) {
    await this.api.deleteViewsById(view.id);
    this.#all = this.#all.filter((one) => one.id !== view.id);
  }

  async #count() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#countedAt = Date.now();
    const { items } = await this.api.getViewsCounts();
    this.#counts = new Map(items.map((count) => [count.view, count]));
  }
}
