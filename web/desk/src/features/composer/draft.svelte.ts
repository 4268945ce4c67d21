// draft.svelte.ts — one draft: on this device with each letter, on the server twice a second, and sent
// by the server, so that it goes whatever happens to this page.
import { ApiError, versionTag, type Api, type Draft as Stored } from '@gestand/sdk';
import { bodyOf, contentOf, EMPTY, isEmpty, isSame, joined, settled } from './content';
import type { Content, Kind } from './content';
import { keep, placeOf, read, type Kept } from './local';
import { stillSaid } from './promised';
import { StoredDrafts } from './stored';
import { Uploads } from './uploads.svelte';

const SAVE_MS = 500;
/** So long it can be taken back. */
export const HOLD_S = 5;
/** Between two tries, and between two looks at whether it went. */
const AGAIN_MS = 5000;
const LOOK_MS = 1000;

/** What is on its way: held by the server until a moment, or not there yet. */
export interface Pending {
  content: Content;
  until: number | null;
  since: number;
}

/** What others are told of. */
export interface Listener {
  held: (draft: Draft) => void;
  /** It went, was taken back or refused. */
  over: (draft: Draft, wasSent: boolean) => void;
  failed: (error: unknown) => void;
}

export class Draft {
  content = $state.raw<Content>(EMPTY);
  pending = $state.raw<Pending | null>(null);
  /** Where what is written now is safe. */
  safe = $state<'here' | 'server'>('server');
  /** Why it could not be sent. */
  refusal = $state<string | null>(null);
  /** Something that was written in another window stands in it, too. */
  hasOther = $state(false);
  /** So long it can be taken back; a visitor of the chat waits for it now. */
  holdS = HOLD_S;
  /** Its files on their way, also while another case is open. */
  readonly uploads: Uploads;
  #base = EMPTY;
  #version = 0;
  #place: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setTimeout> | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(
    private api: Api,
    private listener: Listener,
    userId: string,
    readonly caseId: string,
    readonly kind: Kind,
    private stored = new StoredDrafts(api),
  ) {
    this.uploads = new Uploads(api);
    this.#place = placeOf(userId, caseId, kind);
    const { content, base, version, wish, wishedAt } = read(this.#place);
    this.content = content;
    this.#base = base;
    this.#version = version;
    if (wish) this.pending = { content: wish, until: null, since: wishedAt };
    if (!isSame(content, base)) this.safe = 'here';
  }

  get version(): number {
    return this.#version;
  }

  /** Is the server still to hear of something? */
  get isBehind(): boolean {
    return this.pending?.until === null || !isSame(this.content, this.#base);
  }

  write(change: Partial<Content>) {
    const { text, promises } = this.content;
    const said = stillSaid(promises, text, change.text ?? text);
    this.content = { ...this.content, promises: said, ...change };
    this.#keep();
    this.safe = this.isBehind ? 'here' : 'server';
    this.#timer ??= setTimeout(() => void this.sync(), SAVE_MS);
  }

  /** Brings to the server what it doesn't have yet. */
  sync(): Promise<void> {
    this.#rest();
    return this.#inTurn(() => this.#sync());
  }

  /** Asks what another window made of it, and whether what was sent went. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      try {
        await this.#read();
        if (this.isBehind) await this.#sync();
      } catch (error) {
        this.#missed(error);
      }
    });
  }

  /** Does it say this, and is nothing of it on its way? */
  isStill(content: Content): boolean {
    return this.pending === null && isSame(this.content, content);
  }

  /** Asks the server to send it in a moment; what is on its way already stays as it is. */
  send(content: Content): Promise<void> {
    if (this.pending) return Promise.resolve();
    this.#rest();
    this.pending = { content, until: null, since: Date.now() };
    this.content = EMPTY;
    this.refusal = null;
    this.hasOther = false;
    this.#keep();
    return this.#inTurn(() => this.#sync());
  }

  /** Takes back what is on its way; false: it went already. */
  async takeBack(): Promise<boolean> {
    let isBack = true;
    await this.#inTurn(async () => {
      if (!this.pending) return void (isBack = false);
      if (this.pending.until === null) return this.#bringBack();
      try {
        const stored = await this.api.deleteCasesByIdDraftsByKindSending(this.caseId, this.kind);
        this.#bringBack(stored);
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 410) throw error;
        isBack = false;
        await this.#read();
      }
    });
    if (isBack && this.isBehind) void this.sync();
    return isBack;
  }

  /** It's left behind: nothing of it is looked after any more. */
  stop() {
    this.#rest();
    clearTimeout(this.#watch);
    this.uploads.stop();
  }

  #inTurn(work: () => Promise<void> | void): Promise<void> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => {});
    return turn;
  }

  #again() {
    void (this.isBehind ? this.sync() : this.refresh());
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #keep() {
    const { pending, content } = this;
    const isWish = pending?.until === null;
    const kept: Kept = {
      content,
      base: this.#base,
      version: this.#version,
      wish: isWish ? pending.content : null,
      wishedAt: isWish ? pending.since : 0,
    };
    keep(this.#place, kept);
  }

  async #sync(tries = 3): Promise<void> {
    try {
      if (this.pending?.until === null) await this.#ask(this.pending.content);
      else if (!this.pending && this.isBehind) await this.#save(this.content);
      this.safe = this.isBehind ? 'here' : 'server';
    } catch (error) {
      const isChanged = error instanceof ApiError && error.status === 412;
      if (!isChanged || tries === 0) return this.#missed(error);
      await this.#read().then(() => this.#sync(tries - 1), this.#missed);
    }
  }

  async #save(content: Content) {
    const { caseId, kind } = this;
    const body = bodyOf(content);
    const tag = versionTag({ version: this.#version });
    const stored = await this.api.putCasesByIdDraftsByKind(caseId, kind, body, tag);
    // Nothing in it: nothing is left of it.
    if (isEmpty(content)) await this.api.deleteCasesByIdDraftsByKind(caseId, kind);
    this.#is(content, isEmpty(content) ? 0 : stored.version);
    this.#keep();
  }

  async #ask(content: Content) {
    const body = { in_seconds: this.holdS, content: bodyOf(content) };
    const tag = versionTag({ version: this.#version });
    await this.api.putCasesByIdDraftsByKindSending(this.caseId, this.kind, body, tag);
    this.#hold(content, Date.now() + this.holdS * 1000);
  }

  #is(base: Content, version: number) {
    this.#base = base;
    this.#version = version;
  }

  /** The server has it; what is written from now on is the next. */
  #hold(content: Content, until: number) {
    const isNew = this.pending?.until == null;
    this.pending = { content, until, since: this.pending?.since ?? Date.now() };
    this.#is(EMPTY, 0);
    this.#keep();
    if (isNew) this.listener.held(this);
    this.#look(until - Date.now() + LOOK_MS / 4);
  }

  #look(inMs: number) {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => void this.refresh(), Math.max(inMs, LOOK_MS / 4));
  }

  #bringBack(stored?: Stored) {
    const { pending } = this;
    if (!pending) return;
    this.pending = null;
    if (stored) this.#is(contentOf(stored), stored.version);
    this.content = joined(pending.content, this.content);
    this.#keep();
    this.listener.over(this, false);
  }

  async #read() {
    const items = await this.stored.of(this.caseId);
    const stored = items.find(({ kind }) => kind === this.kind);
    if (stored?.send_at) return this.#isHeld(stored, Date.parse(stored.send_at));
    if (this.pending?.until != null) {
      if (stored) return this.#refused(stored);
      this.pending = null;
      this.#keep();
      this.listener.over(this, true);
      return;
    }
    if (this.pending) return this.#decide(this.pending, stored);
    this.#settle(stored);
  }

  #isHeld(stored: Stored, until: number) {
    const content = contentOf(stored);
    const isOurs = !this.pending || isSame(this.pending.content, content);
    // Another window was faster: what we have is written, not sent.
    if (!isOurs && this.pending?.until === null) this.#bringBack();
    if (isSame(this.content, content) || isSame(this.content, this.#base)) this.content = EMPTY;
    this.#hold(content, Math.min(until, Date.now() + HOLD_S * 1000));
    if (until < Date.now()) this.#look(LOOK_MS);
  }

  #refused(stored: Stored) {
    this.refusal = stored.send_error;
    this.#bringBack(stored);
  }

  /** We asked to send it and don't know whether the server heard it. */
  async #decide(pending: Pending, stored: Stored | undefined) {
    const theirs = stored ? contentOf(stored) : EMPTY;
    if (!stored && (await this.#wasSaid(pending))) {
      this.pending = null;
      this.#is(EMPTY, 0);
      this.#keep();
      return this.listener.over(this, true);
    }
    if (stored && !isSame(theirs, this.#base) && !pending.content.text.includes(theirs.text)) {
      this.hasOther = true;
      this.#bringBack();
      return this.#settle(stored);
    }
    this.#is(theirs, stored?.version ?? 0);
    this.#keep();
  }

  async #wasSaid({ content, since }: Pending): Promise<boolean> {
    const { timeline } = await this.api.getCasesById(this.caseId);
    const said = content.text.trim();
    return (timeline ?? []).some(
      (item) => item.text?.trim() === said && Date.parse(item.at) >= since - 60_000,
    );
  }

  #settle(stored: Stored | undefined) {
    const theirs = stored ? contentOf(stored) : EMPTY;
    const next = settled(this.#base, this.content, theirs);
    this.hasOther ||= !isSame(next, theirs) && !isSame(next, this.content);
    this.refusal = stored?.send_error ?? null;
    this.content = next;
    this.#is(theirs, stored?.version ?? 0);
    this.safe = this.isBehind ? 'here' : 'server';
    this.#keep();
  }

  /** Without a network, or with a server in trouble, it's tried again; a no is a no. */
  #missed = (error: unknown) => {
    this.safe = 'here';
    const status = error instanceof ApiError ? error.status : 0;
    if (status < 400 || status >= 500 || status === 429) {
      this.#rest();
      this.#timer = setTimeout(() => this.#again(), AGAIN_MS);
      return;
    }
    if (this.pending?.until === null) this.#bringBack();
    this.listener.failed(error);
  };
}
