// reads.svelte.ts — what this colleague has read: who opens a case and stays has read it.
import type { Api, Case } from '@gestand/sdk';
import type { Alerts } from '../alerts/alerts.svelte';
import type { Inbox } from './inbox.svelte';

/** Who walks on with J before that hasn't. */
const STAY_MS = 400;

interface Told {
  id: string;
  is_unread: boolean;
}

export class Reads {
  /** Unread by hand while it's open: it stays so until another one is. */
  #kept: string | null = null;
  #open: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The other windows of this browser; other devices see it when they look again. */
  #others = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('gestand.reads');

  constructor(
    private api: Api,
    private inbox: Inbox,
    private alerts: Alerts,
  ) {
    this.#others?.addEventListener('message', ({ data }: MessageEvent<Told>) =>
      this.inbox.patch(new Map([[data.id, { is_unread: data.is_unread }]])),
    );
  }

  /** Another case was asked for. */
  leave() {
    clearTimeout(this.#timer);
  }

  /** The case that stands open, each time that something of it changed. */
  see(now: Case | null) {
    const id = now?.id ?? null;
    if (id !== this.#open) {
      this.#kept = null;
      clearTimeout(this.#timer);
    }
    this.#open = id;
    const isNews = now?.is_unread || (id !== null && this.alerts.has(id));
    if (!isNews || !id || this.#kept === id) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (document.visibilityState === 'visible') void this.set(id, false).catch(() => {});
    }, STAY_MS);
  }

  /** As it's known here: the list is told first. */
  isUnread(one: Case): boolean {
    return (this.inbox.cases.find(({ id }) => id === one.id) ?? one).is_unread ?? false;
  }

  async toggle(one: Case) {
    const isUnread = !this.isUnread(one);
    clearTimeout(this.#timer);
    if (isUnread && one.id === this.#open) this.#kept = one.id;
    await this.set(one.id, isUnread);
  }

  async set(id: string, isUnread: boolean) {
    this.tell(id, isUnread);
    try {
      if (isUnread) await this.api.deleteCasesByIdRead(id);
      else await this.api.putCasesByIdRead(id);
      // A list that was asked for just before it was said doesn't know it.
      this.tell(id, isUnread);
      if (!isUnread) this.alerts.drop(id);
    } catch (error) {
      this.tell(id, !isUnread);
      throw error;
    }
  }

  /** Shown at once, here and in the other windows. */
  tell(id: string, isUnread: boolean) {
    this.inbox.patch(new Map([[id, { is_unread: isUnread }]]));
    this.#others?.postMessage({ id, is_unread: isUnread } satisfies Told);
  }
}
