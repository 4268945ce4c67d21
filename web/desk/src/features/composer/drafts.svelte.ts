// drafts.svelte.ts — the drafts of who is logged in: those in use, and those that this device still
// has to bring to the server. They outlive the case that is open.
import type { Api } from '@gestand/sdk';
import { isEmpty, type Kind } from './content';
import { Draft, type Listener } from './draft.svelte';
import { kept, placeOf, type Kept } from './local';
import { StoredDrafts } from './stored';

export class Drafts {
  #all = new Map<string, Draft>();
  #stored: StoredDrafts;

  constructor(
    private api: Api,
    private listener: Listener,
  ) {
    this.#stored = new StoredDrafts(api);
  }

  of(userId: string, caseId: string, kind: Kind): Draft {
    const place = placeOf(userId, caseId, kind);
    const known = this.#all.get(place);
    if (known) return known;
    const draft = new Draft(this.api, this.listener, userId, caseId, kind, this.#stored);
    this.#all.set(place, draft);
    return draft;
  }

  /** From now on, until the returned function is called: another window, another device, and what
   * an earlier page could not bring to the server. */
  follow(userId: string): () => void {
    for (const [caseId, kind] of kept(userId)) {
      const draft = this.of(userId, caseId, kind);
      if (draft.isBehind) void draft.refresh();
    }
    const changed = ({ key, newValue }: StorageEvent) => {
      const draft = key === null ? undefined : this.#all.get(key);
      const version = newValue ? (JSON.parse(newValue) as Kept).version : 0;
      if (draft && draft.version !== version) void draft.refresh();
    };
    const seen = () => this.catchUp(document.visibilityState === 'hidden');
    const online = () => this.#goOn();
    // A file that is only half there dies with the page: its user is asked.
    const left = (event: BeforeUnloadEvent) => {
      if (this.#areComing) event.preventDefault();
    };
    addEventListener('storage', changed);
    addEventListener('visibilitychange', seen);
    addEventListener('online', online);
    addEventListener('beforeunload', left);
    return () => {
      removeEventListener('storage', changed);
      removeEventListener('visibilitychange', seen);
      removeEventListener('online', online);
      removeEventListener('beforeunload', left);
      for (const draft of this.#all.values()) draft.stop();
      this.#all.clear();
    };
  }

  /** Everything that is behind goes to the server now; who comes back asks what happened, too. */
  catchUp(isLeaving = false) {
    if (!isLeaving) this.#goOn();
    for (const draft of this.#all.values()) {
      if (draft.isBehind) void draft.sync();
      else if (!isLeaving) void draft.refresh();
    }
  }

  get #areComing(): boolean {
    return [...this.#all.values()].some(({ uploads }) => uploads.list.length > 0);
  }

  #goOn() {
    for (const { uploads } of this.#all.values()) uploads.goOn();
  }

  /** Something happened in a case: perhaps what is held there went, or a window that was closed at
   * once sent what still stands in this one. */
  happened(caseId: string) {
    for (const draft of this.#all.values()) {
      const isSomething = draft.pending !== null || !isEmpty(draft.content);
      if (draft.caseId === caseId && isSomething) void draft.refresh();
    }
  }
}
