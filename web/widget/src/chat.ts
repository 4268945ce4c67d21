// chat.ts — what a visitor wrote and reads, and how it gets there: nothing lost, nothing twice.
//
// What is written stands in the outbox in this browser until the server has it; each message has an
// id of its own, so that sending it again is no second one. What comes is asked for behind the last
// position, at each hint of the stream.
import { Api, type Item, type News, Refusal, type Site } from './api';
import { solve } from './challenge';
import { Windows } from './windows';

export interface Waiting {
  id: string;
  text: string;
  files?: File[];
  isRefused?: boolean;
}
interface Kept {
  token: string | null;
  outbox: Waiting[];
  hasSound: boolean;
}

export class Chat {
  site!: Site;
  items: Item[] = [];
  news: News | null = null;
  outbox: Waiting[] = [];
  hasSound = false;
  isLost = false;
  isBlocked = false;
  isFast = false;
  page = '';
  isOpen = false;
  read = 0;
  #proof = '';
  #proven = '';
  #beginning: Promise<void> | null = null;
  #sending = false;
  #asking: Promise<void> | null = null;
  #again = false;
  #line: AbortController | null = null;
  #said = '';
  #saidAt = 0;
  #windows: Windows;

  constructor(
    readonly api: Api,
    private place: string,
    private onChange: () => void,
    private onMessage: () => void,
  ) {
    this.#windows = new Windows(place);
    let kept: Partial<Kept> = {};
    try {
      kept = JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Kept>;
    } catch {
      // A browser that keeps nothing for frames: the chat lives as long as the page.
    }
    this.api.token = kept.token ?? null;
    this.outbox = kept.outbox ?? [];
    this.hasSound = kept.hasSound ?? false;
  }

  keep() {
    const outbox = this.outbox.filter(({ files }) => !files).map(({ id, text }) => ({ id, text }));
    const kept: Kept = { token: this.api.token, outbox, hasSound: this.hasSound };
    try {
      localStorage.setItem(this.place, JSON.stringify(kept));
    } catch {
      // As above.
    }
  }

  get last() {
    return this.items.at(-1)?.position ?? 0;
  }
  get unread() {
    return this.items.filter((one) => one.direction === 'out' && one.position > this.read).length;
  }
  /** Nobody is there, and nothing was said yet that an answer could come to. */
  get needsAddress() {
    const isOpen = this.news?.is_open ?? this.site.is_open;
    return !isOpen && this.items.length === 0 && !this.news?.email;
  }

  async start() {
    this.site = await this.api.json<Site>('GET', 'site');
    if (this.api.token) this.#resume();
    if (this.outbox.length > 0) void this.flush();
  }

  #resume() {
    void this.#follow();
    void this.#prove();
  }

  /** Who has no chat yet gets one; the work for it is done meanwhile. */
  begin(language: string): Promise<void> {
    if (this.api.token) return Promise.resolve();
    this.#beginning ??= this.#begin(language).finally(() => (this.#beginning = null));
    return this.#beginning;
  }
  async #begin(language: string) {
    const { challenge } = await this.api.json<Site>('GET', 'site');
    const number = await solve(challenge);
    const body = { challenge, number, language, page: this.page };
    const begun = await this.api.json<{ token: string }>('POST', 'visitors', body);
    this.api.token = begun.token;
    this.keep();
    this.#resume();
  }

  identify(token: string | undefined) {
    this.#proof = token ?? '';
    void this.#prove();
  }
  async #prove() {
    const token = this.#proof;
    if (!token || !this.api.token || this.#proven === token) return;
    this.#proven = token;
    await this.api.ask('PUT', 'identity', { token }).catch(({ status, type }: Refusal) => {
      if (type === 'urn:gestand:chat-of-another') this.#reset();
      else if (status === 0) this.#proven = '';
    });
  }

  #reset() {
    this.#line?.abort();
    this.api.token = null;
    this.items = [];
    this.news = null;
    this.read = 0;
    this.#proven = '';
    this.keep();
    this.onChange();
  }

  write(text: string, files?: File[]) {
    const id = Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(36)).join(
      '',
    );
    this.outbox.push({ id, text, ...(files && { files }) });
    this.keep();
    this.onChange();
    void this.flush();
  }

  /** All that waits, in its order. */
  async flush() {
    if (this.#sending) return;
    this.#sending = true;
    for (let pause = 1000; ;) {
      const one = this.outbox.find(({ isRefused }) => !isRefused);
      if (!one || this.isBlocked) break;
      const wait = await this.#send(one, pause);
      if (wait < 0) break;
      pause = wait > 0 ? Math.min(pause * 2, 30_000) : 1000;
      this.isLost = wait > 0 && !this.isFast;
      this.onChange();
      if (wait > 0) await new Promise((next) => setTimeout(next, wait));
    }
    this.#sending = false;
  }

  /** 0: it's there; else how long to wait before the next try; -1: stop. */
  async #send(one: Waiting, pause: number): Promise<number> {
    try {
      await this.begin(document.documentElement.lang);
      await this.api.json('POST', one.files ? 'files' : 'messages', this.#bodyOf(one));
      this.outbox = this.outbox.filter(({ id }) => id !== one.id);
      this.keep();
      this.isFast = false;
      await this.refresh();
      return 0;
    } catch (error) {
      const { status, waitMs } = error instanceof Refusal ? error : new Refusal(0);
      if (status === 401) this.#reset();
      if (status === 403) this.isBlocked = true;
      this.isFast = status === 429;
      if (status === 409 || status === 403) return (this.onChange(), -1);
      if (status === 0 || status === 401 || status === 429 || status >= 500)
        return Math.max(waitMs, pause);
      one.isRefused = true;
      return 0;
    }
  }
  #bodyOf({ id, text, files }: Waiting) {
    if (!files) return { id, text, page: this.page };
    const form = new FormData();
    form.set('id', id);
    if (text) form.set('text', text);
    form.set('page', this.page);
    for (const file of files) form.append('file', file, file.name || 'image.png');
    return form;
  }

  /** Asks what is new; while one asks, another hint is one more question. */
  async refresh(): Promise<void> {
    if (this.#asking) {
      this.#again = true;
      return this.#asking;
    }
    this.#asking = this.#ask().finally(() => (this.#asking = null));
    await this.#asking;
    if (this.#again) {
      this.#again = false;
      await this.refresh();
    }
  }
  async #ask() {
    const before = this.last;
    const query = this.items.length > 0 ? `?after=${before}` : '';
    const news = await this.api.json<News>('GET', `messages${query}`);
    const isFirst = this.news === null;
    this.news = news;
    this.read = Math.max(this.read, news.read);
    for (const item of news.items) if (item.position > this.last) this.items.push(item);
    const sent = new Set(this.items.map(({ id }) => id));
    this.outbox = this.outbox.filter(({ id }) => !sent.has(id));
    this.onChange();
    if (news.items.some(({ direction, position }) => direction === 'out' && position > before)) {
      if (!isFirst) this.onMessage();
      await this.say();
    }
    if (news.items.length > 0 && this.last < news.newest) this.#again = true;
  }

  async #follow() {
    for (let pause = 1000; this.api.token; pause = Math.min(pause * 2, 30_000)) {
      const line = (this.#line = new AbortController());
      try {
        await this.api.listen(() => {
          pause = 500;
          this.isLost = false;
          void this.refresh().catch(() => {});
          void this.flush();
        }, line);
      } catch (error) {
        const status = error instanceof Refusal ? error.status : 0;
        if (status === 401) return this.#reset();
        if (status === 403) return ((this.isBlocked = true), this.onChange());
      }
      if (!this.api.token) return;
      this.isLost = !navigator.onLine;
      this.onChange();
      await new Promise((next) => {
        setTimeout(next, pause);
        addEventListener('online', next, { once: true });
      });
    }
  }

  /** What the server is to know: is he there, and what has he seen. */
  async say(isTyping = false, isLeaving = false) {
    if (!this.api.token) return;
    const isSeen = this.isOpen && !document.hidden && !isLeaving;
    if (isSeen) this.read = this.last;
    const own = !isSeen ? 'away' : isTyping ? 'typing' : 'here';
    const state = this.#windows.together(own);
    const page = state === own ? { page: this.page } : {};
    const body = { state, ...page, delivered: this.last, read: this.read };
    const said = JSON.stringify(body);
    const isOld = Date.now() - this.#saidAt > (isTyping ? 4000 : 55_000);
    if (said === this.#said && !isOld) return;
    this.#said = said;
    this.#saidAt = Date.now();
    this.onChange();
    await this.api.ask('PUT', 'presence', body, isLeaving).catch(() => (this.#said = ''));
  }

  async forget() {
    await this.api.ask('DELETE', 'visitor').catch(() => {});
    this.outbox = [];
    this.#reset();
  }
}
