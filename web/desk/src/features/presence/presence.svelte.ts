// presence.svelte.ts — who has which case open and who types in it; and says so of oneself.
import type { Api, Presence as Present } from '@gestand/sdk';

/** The server forgets who says nothing for half a minute. */
const SAY_MS = 20_000;
/** Who walks through a list isn't in every case of it. */
const STAY_MS = 400;
/** After the last letter: who thinks about a sentence still answers. */
const IDLE_MS = 45_000;
const GATHER_MS = 500;
/** Whose desk ended without a word is gone by then. */
const LAPSE_MS = 32_000;
const PAGES_MAX = 5;

type State = Present['state'];

export class Presence {
  all = $state.raw<Present[]>([]);
  #caseId: string | null = null;
  #state: State = 'open';
  #isTold = false;
  #stay: ReturnType<typeof setTimeout> | undefined;
  #say: ReturnType<typeof setInterval> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #look: ReturnType<typeof setTimeout> | undefined;
  #lapse: ReturnType<typeof setTimeout> | undefined;
  #lookedAt = 0;

  constructor(
    private api: Api,
    private me: () => string | undefined,
  ) {}

  /** Who else has it open. */
  othersIn(caseId: string): Present[] {
    return this.all.filter((one) => one.case_id === caseId && one.user_id !== this.me());
  }

  /** The colleague who answers the customer now: the first who began to. */
  answering(caseId: string): Present | null {
    const [first] = this.all
      .filter((one) => one.case_id === caseId && one.state === 'typing')
      .sort((a, b) => a.since.localeCompare(b.since));
    return first && first.user_id !== this.me() ? first : null;
  }

  /** Who hasn't begun yet waits for a colleague who has. */
  locks(caseId: string, text: string): boolean {
    return !text && this.answering(caseId) !== null;
  }

  /** One has this case open, until the returned function is called. */
  enter(caseId: string): () => void {
    const show = () => (document.hidden ? this.#leave() : this.#arrive(caseId));
    document.addEventListener('visibilitychange', show);
    show();
    return () => {
      document.removeEventListener('visibilitychange', show);
      this.#leave();
    };
  }

  /** A letter was typed: told when it's the first. */
  typed(isForTeam: boolean) {
    const state = isForTeam ? 'typing_note' : 'typing';
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.rest(), IDLE_MS);
    if (state !== this.#state) this.#become(state);
  }

  /** One types no more: it was sent, or nothing came for a while. */
  rest() {
    clearTimeout(this.#idle);
    if (this.#state !== 'open') this.#become('open');
  }

  async takeOver(caseId: string) {
    this.#state = 'typing';
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.rest(), IDLE_MS);
    await this.api.putCasesByIdPresence(caseId, { state: 'typing', takes_over: true });
    await this.#ask();
  }

  /** Asks who is there; many words at once are one question. */
  refresh() {
    if (this.#look) return;
    const wait = Math.max(0, this.#lookedAt + GATHER_MS - Date.now());
    this.#look = setTimeout(() => {
      this.#look = undefined;
      void this.#ask();
    }, wait);
  }

  #arrive(caseId: string) {
    this.#caseId = caseId;
    this.#isTold = false;
    this.#state = 'open';
    this.#stay = setTimeout(() => void this.#tell(), STAY_MS);
    this.#say = setInterval(() => void this.#tell(), SAY_MS);
    this.refresh();
  }

  #leave() {
    for (const timer of [this.#stay, this.#say, this.#idle]) clearTimeout(timer);
    const caseId = this.#caseId;
    this.#caseId = null;
    if (caseId && this.#isTold) void this.api.deleteCasesByIdPresence(caseId).catch(() => {});
  }

  #become(state: State) {
    this.#state = state;
    void this.#tell();
  }

  /** What couldn't be told is told again soon. */
  async #tell() {
    if (!this.#caseId) return;
    this.#isTold = true;
    await this.api.putCasesByIdPresence(this.#caseId, { state: this.#state }).catch(() => {});
  }

  async #ask() {
    this.#lookedAt = Date.now();
    clearTimeout(this.#lapse);
    const found: Present[] = [];
    let cursor: string | null = null;
    try {
      for (let page = 0; page < PAGES_MAX; page++) {
        const read: Awaited<ReturnType<Api['getPresence']>> = await this.api.getPresence({
          limit: 200,
          ...(cursor ? { cursor } : {}),
        });
        found.push(...read.items);
        cursor = read.next;
        if (!cursor) break;
      }
      this.all = found;
    } catch {
      // The line comes back by itself, and then it's asked again.
    }
    if (this.all.some((one) => one.user_id !== this.me()))
      this.#lapse = setTimeout(() => this.refresh(), LAPSE_MS);
  }
}
