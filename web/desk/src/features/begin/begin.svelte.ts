// begin.svelte.ts — the contact that is being begun: on this device with each letter, and once it's
// to be sent held here for some seconds in which it can be taken back. Whatever happens to the page
// then, the next one sends it; its key makes it once.
import { type Api, ApiError, type Beginning, type Case } from '@gestand/sdk';
import { HOLD_S } from '../composer/draft.svelte';
import { isAway } from '../outgoing/outgoing.svelte';
import { NOTHING, type Begun } from './begun';

const AGAIN_MS = 5000;
const PREFIX = 'gestand.begin';

/** What is on its way. */
export interface Sending {
  key: string;
  body: Beginning;
  until: number;
  content: Begun;
}

interface Kept {
  content: Begun;
  sending: Sending | null;
}

export interface Told {
  held: () => void;
  /** It's there; null: it was taken back. */
  over: (one: Case | null) => void;
  failed: (error: unknown) => void;
}

export class Begin {
  content = $state.raw<Begun>(NOTHING);
  sending = $state.raw<Sending | null>(null);
  #place = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsking = false;

  constructor(
    private api: Api,
    private told: Told,
  ) {}

  /** What an earlier page left, until the returned function is called. */
  follow(userId: string): () => void {
    this.#place = `${PREFIX}.${userId}`;
    this.#read();
    const changed = ({ key }: StorageEvent) => {
      if ((key === this.#place || key === null) && !this.#isAsking) this.#read();
    };
    addEventListener('storage', changed);
    return () => {
      removeEventListener('storage', changed);
      clearTimeout(this.#timer);
      this.#place = '';
      this.content = NOTHING;
      this.sending = null;
    };
  }

  write(change: Partial<Begun>) {
    this.content = { ...this.content, ...change };
    this.#keep();
  }

  send(body: Beginning) {
    // A note can be changed afterwards, and nobody outside reads it.
    const until = Date.now() + (body.note ? 0 : HOLD_S * 1000);
    this.sending = { key: crypto.randomUUID(), body, until, content: this.content };
    this.content = NOTHING;
    this.#keep();
    if (!body.note) this.told.held();
    this.#wait();
  }

  /** False: it's on its way already, and nobody can say that it isn't there. */
  takeBack(): boolean {
    if (!this.sending || this.#isAsking || this.sending.until < Date.now()) return false;
    this.#bringBack();
    this.told.over(null);
    return true;
  }

  #read() {
    const kept = read(this.#place);
    this.content = kept.content;
    this.sending = kept.sending;
    if (this.sending) this.#wait();
  }

  #keep() {
    if (!this.#place) return;
    const { content, sending } = this;
    if (content === NOTHING && !sending) localStorage.removeItem(this.#place);
    else localStorage.setItem(this.#place, JSON.stringify({ content, sending }));
  }

  #wait(inMs = Math.max(0, (this.sending?.until ?? 0) - Date.now())) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), inMs);
  }

  async #ask() {
    const { sending } = this;
    if (!sending || this.#isAsking) return;
    this.#isAsking = true;
    try {
      const one = await this.api.postCases(sending.body, sending.key);
      this.sending = null;
      this.#keep();
      this.told.over(one);
    } catch (error) {
      this.#missed(error);
    } finally {
      this.#isAsking = false;
    }
  }

  /** Without a network it's tried again; a no is a no. */
  #missed(error: unknown) {
    const isBusy = error instanceof ApiError && [409, 429].includes(error.status);
    const isRetried = isBusy && /in progress|too many/i.test(error.message);
    if (isAway(error) || isRetried) return this.#wait(AGAIN_MS);
    this.#bringBack();
    this.told.failed(error);
  }

  #bringBack() {
    clearTimeout(this.#timer);
    const { sending, content } = this;
    if (!sending) return;
    // What was begun meanwhile stays under it.
    const text = [sending.content.text, content.text].filter((one) => one.trim()).join('\n\n');
    this.content = { ...sending.content, text };
    this.sending = null;
    this.#keep();
  }
}

function read(place: string): Kept {
  const none = { content: NOTHING, sending: null };
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Kept>;
    return { content: { ...NOTHING, ...kept.content }, sending: kept.sending ?? null };
  } catch {
    return none;
  }
}
