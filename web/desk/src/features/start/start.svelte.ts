// start.svelte.ts — the first steps of a fresh installation. What is done is seen from what is
// there; only what somebody skips, and that he has seen the end, is kept with his preferences.
import type { Api, Case, Channel, User } from '@gestand/sdk';
import type { Preferences } from '../../app/preferences.svelte';
import type { Session } from '../../app/session.svelte';
import type { Directory } from '../people/directory.svelte';

export const STEPS = ['own', 'channel', 'team', 'signature', 'mail'] as const;
export type Step = (typeof STEPS)[number];
/** Many events at once are one look. */
const GATHER_MS = 150;

interface Kept {
  skipped: Step[];
  /** He rather begins with the inbox. */
  isLater: boolean;
  isOver: boolean;
}

/** Only what makes sense: another version of the desk may have written it. */
function readKept(settings: Record<string, unknown> | undefined): Kept {
  const { skipped, isLater, isOver } = Object(settings?.start) as Record<string, unknown>;
  const names = Array.isArray(skipped) ? (skipped as unknown[]) : [];
  return {
    skipped: STEPS.filter((step) => names.includes(step)),
    isLater: isLater === true,
    isOver: isOver === true,
  };
}

/** Takes mail, or whatever it takes, as far as we know. What the demo brought along is no step. */
export function isWorking(channel: Channel): boolean {
  return channel.enabled && !channel.is_demo && !channel.last_error && !channel.send_error;
}

/** Whoever was given no name has his address for one. */
export function hasName(user: User | undefined): boolean {
  return Boolean(user?.name) && user?.name !== user?.email;
}

export class Start {
  /** The newest case of what isn't a demo; undefined: not known yet. */
  newest = $state.raw<Case | null | undefined>(undefined);
  isAnswered = $state(false);
  #isEmpty = $state(false);
  readonly #kept = $derived.by(() => readKept(this.preferences.now?.settings));
  #wasGreeted = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private api: Api,
    private session: Session,
    private directory: Directory,
    private preferences: Preferences,
  ) {}

  /** For who may connect a channel, until all is done or left for what it is. */
  readonly isThere = $derived.by(
    () => this.preferences.now !== null && !this.#kept.isOver && this.session.can('channel:write'),
  );
  readonly isKnown = $derived.by(
    () => this.newest !== undefined && this.directory.users.length > 0,
  );
  readonly next = $derived.by(() => STEPS.find((step) => this.isOpen(step)));

  /** As 2/5. */
  get progress(): string {
    return `${STEPS.filter((step) => !this.isOpen(step)).length}/${STEPS.length}`;
  }

  /** Nothing ever came in: whoever logs in begins here. */
  get isFresh(): boolean {
    return this.isThere && this.isKnown && this.#isEmpty && !this.#kept.isLater;
  }

  isDone(step: Step): boolean {
    const { channels, teams, users } = this.directory;
    const isDone: Record<Step, () => boolean> = {
      own: () => hasName(this.session.me?.user),
      channel: () => channels.some(isWorking),
      team: () => users.length > 1 || teams.length > 0,
      signature: () => Boolean(this.preferences.now?.signature),
      mail: () => this.isAnswered,
    };
    return isDone[step]();
  }

  isSkipped(step: Step): boolean {
    return this.#kept.skipped.includes(step);
  }

  isOpen(step: Step): boolean {
    return !this.isDone(step) && !this.isSkipped(step);
  }

  /** Once a visit: is it time to show the steps? */
  greet(): boolean {
    if (this.#wasGreeted || !this.isFresh) return false;
    this.#wasGreeted = true;
    return true;
  }

  async skip(step: Step) {
    await this.#keep({ skipped: [...this.#kept.skipped, step] });
  }
  async unskip(step: Step) {
    await this.#keep({ skipped: this.#kept.skipped.filter((one) => one !== step) });
  }
  async putOff() {
    if (!this.#kept.isLater) await this.#keep({ isLater: true });
  }
  /** Seen to the end: it's gone. */
  async end() {
    await this.#keep({ isOver: true });
  }

  /** Something happened to some case. */
  refresh() {
    if (!this.isThere || this.isAnswered) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load().catch(() => {}), GATHER_MS);
  }

  async load() {
    const { channels, users } = this.directory;
    if (!this.isThere || users.length === 0) return;
    const hasDemo = channels.some(({ is_demo }) => is_demo);
    const own = channels.filter(({ is_demo }) => !is_demo);
    const looks = await Promise.all(
      hasDemo ? own.map(({ id }) => this.#lookAt(id)) : [this.#lookAt()],
    );
    const newest = looks.flatMap((look) => look.newest ?? []);
    newest.sort((a, b) => b.updated_at.localeCompare(a.updated_at));
    this.newest = newest[0] ?? null;
    this.isAnswered = looks.some((look) => look.isAnswered);
    this.#isEmpty = !hasDemo && newest.length === 0;
  }

  /** At the cases of one channel, or at all. */
  async #lookAt(channel?: string) {
    const of = { limit: 1, ...(channel ? { channel } : {}) };
    const [all, waiting, done] = await Promise.all([
      this.api.getCases({ status: 'all', sort: 'newest', ...of }),
      this.api.getCases({ status: 'waiting', ...of }),
      this.api.getCases({ status: 'done', ...of }),
    ]);
    return {
      newest: all.items[0] ?? null,
      isAnswered: waiting.items.length + done.items.length > 0,
    };
  }

  async #keep(change: Partial<Kept>) {
    await this.preferences.keep('start', { ...this.#kept, ...change });
  }
}
