// outgoing.svelte.ts — changes of cases on their way: at once when the server can be reached, else
// kept on this device and brought there when it can be. Answers and notes have their drafts for it.
import { type Api, ApiError, type Case, type CaseChange } from '@gestand/sdk';

import type { ManyChange } from '../cases/waysback';
import { type Clash, Conflicts } from '../conflicts/conflicts.svelte';

/** What waits for one case: as it was, and as it is to be. */
export interface Waiting {
  caseId: string;
  name: string;
  base: { version: number };
  mine: CaseChange;
  /** By their ids: put on, or taken off. */
  labels?: Record<string, boolean>;
  isUnread?: boolean;
}

const AGAIN_MS = 5000;
const PREFIX = 'gestand.waiting';

/** No server, or a proxy before none: what was asked may be asked again. */
export function isAway(error: unknown): boolean {
  return error instanceof ApiError && [0, 502, 503, 504].includes(error.status);
}

function pick(one: Case, mine: CaseChange): Waiting['base'] {
  const was = Object.keys(mine).map((field) => [field, one[field as keyof Case] ?? null]);
  return { version: one.version, ...(Object.fromEntries(was) as object) };
}

function labelsOf({ add_labels = [], remove_labels = [] }: ManyChange): Record<string, boolean> {
  const on = add_labels.map((id) => [id, true] as const);
  const off = remove_labels.map((id) => [id, false] as const);
  return Object.fromEntries([...on, ...off]);
}

export class Outgoing {
  waiting = $state.raw<Waiting[]>([]);
  /** One that waited was refused; it's the last word on it. */
  onRefused: (one: Waiting, error: unknown) => void = () => {};
  /** It has to wait. */
  onKept: () => void = () => {};
  /** What waited is there. */
  onArrived: (caseId: string) => void = () => {};
  show: (clash: Clash, value: unknown) => string = (_, value) => String(value ?? '');
  #place = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;

  constructor(
    private api: Api,
    private conflicts = new Conflicts(),
  ) {}

  /**
   * What an earlier page could not bring to the server; until the returned function is called.
   */
  follow(userId: string): () => void {
    this.#place = `${PREFIX}.${userId}.`;
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.#place));
    this.waiting = keys.map((key) => JSON.parse(localStorage.getItem(key) ?? '') as Waiting);
    void this.flush();
    return () => {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#place = '';
      this.waiting = [];
    };
  }

  /** The case as it is then; as it will be, when it has to wait; null: one left it as it was. */
  async change(one: Case, mine: CaseChange): Promise<Case | null> {
    const isBehind = this.#find(one.id) !== undefined;
    try {
      if (!isBehind) return await this.#save(this.#joined(one, mine));
    } catch (error) {
      if (!isAway(error)) throw error;
    }
    this.keep(one, mine);
    this.onKept();
    void (isBehind && this.flush());
    return { ...one, ...mine } as Case;
  }

  /** Keeps a change for when the server can be reached, behind what waits for it already. */
  keep(one: Case, change: ManyChange) {
    this.#keep(this.#joined(one, change));
  }

  #find(id: string): Waiting | undefined {
    return this.waiting.find(({ caseId }) => caseId === id);
  }

  #joined(one: Case, change: ManyChange): Waiting {
    const { add_labels, remove_labels, is_unread, ...mine } = change;
    const before = this.#find(one.id);
    const labels = {
      ...before?.labels,
      ...labelsOf({ ...(add_labels && { add_labels }), ...(remove_labels && { remove_labels }) }),
    };
    const isUnread = is_unread ?? before?.isUnread;
    return {
      caseId: one.id,
      name: one.title,
      base: { ...pick(one, mine), ...before?.base },
      mine: { ...before?.mine, ...mine },
      ...(Object.keys(labels).length > 0 ? { labels } : {}),
      ...(isUnread === undefined ? {} : { isUnread }),
    };
  }

  /** Brings everything to the server that waits for it, in turn. */
  flush(): Promise<void> {
    this.#running ??= this.#flush().finally(() => (this.#running = null));
    return this.#running;
  }

  async #flush() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const work of this.waiting) if (!(await this.#bring(work))) break;
    if (this.waiting.length > 0) this.#again();
  }

  #again() {
    if (this.#place) this.#timer ??= setTimeout(() => void this.flush(), AGAIN_MS);
  }

  /** False: the others have to wait too. */
  async #bring(work: Waiting): Promise<boolean> {
    let saved: Case | null = null;
    try {
      saved = await this.#save(work);
    } catch (error) {
      if (isAway(error)) return false;
      this.onRefused(work, error);
    }
    // More may have been asked of it meanwhile: that begins where this ended.
    const now = this.#find(work.caseId);
    if (now === work) this.#forget(work.caseId);
    else if (now && saved) this.#keep({ ...now, base: pick(saved, now.mine) });
    this.onArrived(work.caseId);
    return true;
  }

  async #save({ caseId, name, base, mine, labels = {}, isUnread }: Waiting): Promise<Case | null> {
    const saved =
      Object.keys(mine).length > 0 ? await this.#change(caseId, name, base, mine) : null;
    // Whoever does these twice has done them once.
    for (const [id, isOn] of Object.entries(labels))
      if (isOn) await this.api.putCasesByIdLabelsByLabel(caseId, id);
      else await this.api.deleteCasesByIdLabelsByLabel(caseId, id);
    if (isUnread) await this.api.deleteCasesByIdRead(caseId);
    else if (isUnread === false) await this.api.putCasesByIdRead(caseId);
    return saved;
  }

  #change(caseId: string, name: string, base: Waiting['base'], mine: CaseChange) {
    return this.conflicts.save({
      base,
      mine,
      name,
      show: this.show,
      write: (change: CaseChange, ifMatch) => this.api.patchCasesById(caseId, change, ifMatch),
      read: () => this.api.getCasesById(caseId),
    });
  }

  #keep(work: Waiting) {
    this.waiting = [...this.waiting.filter(({ caseId }) => caseId !== work.caseId), work];
    if (this.#place) localStorage.setItem(this.#place + work.caseId, JSON.stringify(work));
    this.#again();
  }

  #forget(id: string) {
    this.waiting = this.waiting.filter(({ caseId }) => caseId !== id);
    localStorage.removeItem(this.#place + id);
  }
}
