// begin.svelte.ts — the contact that is being begun: on this device with each letter, and once it's
// to be sent held here for some seconds in which it can be taken back. A page that goes sends it as it
// goes, and the next one sends what couldn't go then; its key makes it once.
import { type Api, ApiError, type Beginning, type Case } from '@gestand/sdk';
import { HOLD_S } from '../composer/draft.svelte';
import { stillSaid } from '../composer/promised';
import { Uploads } from '../composer/uploads.svelte';
import { isAway } from '../outgoing/outgoing.svelte';
import { areOne, isSameWhom, isUnwritten, joined, NOTHING, type Begun, type Whom } from './begun';

const AGAIN_MS = 5000;
/** Who leaves doesn't wait longer for a slow server: it goes on its way all the same. */
const LEAVE_MAX_MS = 4000;
const PREFIX = 'gestand.begin';

/** What is on its way. */
export interface Sending {
  key: string;
  body: Beginning;
  until: number;
  content: Begun;
}

/** One that waits for its writer, with its files that are still on their way. */
interface Aside {
  content: Begun;
  uploads: Uploads;
}

interface Kept {
  content: Begun;
  sending: Sending | null;
  aside: readonly Begun[];
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
  /** What was written to others, and not sent: each stays whole until it's taken up again. */
  aside = $state.raw<readonly Aside[]>([]);
  /** The files of what is written now: they go on while another page is open. */
  uploads = $state.raw<Uploads>() as Uploads;
  /** This device keeps what is written; false: it's lost with the page. */
  isKept = $state(true);
  /** Since the last was sent somebody looks for whom to write to next. */
  #isSeeking = false;
  #place = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: Promise<void> | null = null;

  constructor(
    private api: Api,
    private told: Told,
  ) {
    this.uploads = new Uploads(api);
  }

  /** What an earlier page left, until the returned function is called. */
  follow(userId: string): () => void {
    this.#place = `${PREFIX}.${userId}`;
    this.#read();
    const changed = ({ key }: StorageEvent) => {
      if (key === this.#place || key === null) this.#read();
    };
    const seen = () => document.visibilityState === 'visible' && this.#goOn();
    const online = () => this.#goOn();
    // What would die with the page: its user is asked.
    const left = (event: BeforeUnloadEvent) => {
      if (this.#isInDanger) event.preventDefault();
    };
    const gone = () => void this.hurry();
    addEventListener('storage', changed);
    addEventListener('visibilitychange', seen);
    addEventListener('online', online);
    addEventListener('beforeunload', left);
    addEventListener('pagehide', gone);
    return () => {
      removeEventListener('storage', changed);
      removeEventListener('visibilitychange', seen);
      removeEventListener('online', online);
      removeEventListener('beforeunload', left);
      removeEventListener('pagehide', gone);
      this.#stop();
    };
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#place = '';
    for (const uploads of this.#allUploads) uploads.stop();
    this.content = NOTHING;
    this.sending = null;
    this.aside = [];
  }

  get #allUploads(): Uploads[] {
    return [this.uploads, ...this.aside.map(({ uploads }) => uploads)];
  }

  /** What is on its way counts on a device that keeps it, too: nobody may open the desk here again. */
  get #isInDanger(): boolean {
    const isSomething = this.aside.length > 0 || !isUnwritten(this.content);
    const isComing = this.#allUploads.some(({ list }) => list.length > 0);
    return this.sending !== null || isComing || (!this.isKept && isSomething);
  }

  #goOn() {
    for (const uploads of this.#allUploads) uploads.goOn();
  }

  write(change: Partial<Begun>) {
    const { text, promises } = this.content;
    const id = this.content.id || crypto.randomUUID();
    const said = stillSaid(promises, text, change.text ?? text);
    this.content = { ...this.content, promises: said, ...change, id };
    this.#keep();
  }

  /** To this one; what is written to somebody else is put aside, what waits for this one taken up. */
  writeTo(whom: Whom) {
    if (isSameWhom(this.content.whom, whom)) return;
    const waiting = this.aside.find(({ content }) => isSameWhom(content.whom, whom));
    if (waiting) return this.takeUp(waiting);
    if (!this.#isIdle) this.#putAside();
    this.write({ whom, way: null });
  }

  /** Goes on with what was put aside; what is written now takes its place there. */
  takeUp(one: Aside) {
    this.aside = this.aside.filter((other) => other !== one);
    if (!this.#isIdle) this.#putAside();
    this.content = one.content;
    this.uploads = one.uploads;
    this.#keep();
  }

  /** Files for what is written now, whatever is by the time that they are there; gives why some aren't. */
  attach(files: readonly File[]): string {
    const { uploads } = this;
    // Another tab may change what is written meanwhile: they are found again by what it's called.
    if (!this.content.id) this.write({});
    return uploads.add(files, this.content.files, (whole) => {
      const add = (one: Begun) => ({ ...one, files: [...one.files, whole] });
      if (uploads === this.uploads) return this.write(add(this.content));
      this.aside = this.aside.map((one) =>
        one.uploads === uploads ? { ...one, content: add(one.content) } : one,
      );
      this.#keep();
    });
  }

  /** Whom the next one is to is being typed. */
  seek() {
    this.#isSeeking = true;
  }

  /** Is somebody at another one by now? Who is isn't led away from it. */
  get isGoingOn(): boolean {
    const isBegun = this.#isSeeking || this.content.whom !== null || !this.#isIdle;
    return isBegun || this.aside.length > 0;
  }

  /** Nothing is written, and no file is coming. */
  get #isIdle(): boolean {
    return isUnwritten(this.content) && this.uploads.list.length === 0;
  }

  #putAside() {
    const { content, uploads } = this;
    // Who sees it again decides anew whether it goes.
    uploads.whenWhole(null);
    this.aside = [...this.aside, { content, uploads }];
    this.content = NOTHING;
    this.uploads = new Uploads(this.api);
  }

  /** Sends `of`, which `body` was made of; not when another is on its way, or it was changed since. */
  send(of: Begun, body: Beginning): boolean {
    if (this.sending || this.content !== of) return false;
    // A note can be changed afterwards, and nobody outside reads it.
    const until = Date.now() + (body.note ? 0 : HOLD_S * 1000);
    this.sending = { key: crypto.randomUUID(), body, until, content: of };
    this.content = NOTHING;
    this.#isSeeking = false;
    this.#keep();
    if (!body.note) this.told.held();
    this.#wait();
    return true;
  }

  /** False: it's on its way already, and nobody can say that it isn't there. */
  takeBack(): boolean {
    if (!this.sending || this.#asking || this.sending.until < Date.now()) return false;
    this.#bringBack();
    this.told.over(null);
    return true;
  }

  /** Sends what is held now, while there is a page and a session to do it; over once it's there, or
   * somebody waited long enough. From here on it can't be taken back, by the next page neither. */
  async hurry(): Promise<void> {
    if (!this.sending) return;
    clearTimeout(this.#timer);
    this.sending = { ...this.sending, until: 0 };
    this.#keep();
    const late = new Promise<void>((done) => setTimeout(done, LEAVE_MAX_MS));
    await Promise.race([this.#ask(), late]);
  }

  /** As this device keeps it by now. The files of this tab stay with what they were given to, and what
   * it's sending right now is on its way until it's answered here. */
  #read() {
    const kept = read(this.#place);
    const { content, uploads } = this;
    const ours: Aside[] = [{ content, uploads }, ...this.aside];
    const withFiles = (content: Begun): Aside => {
      const own = ours.find((one) => one.content.id === content.id);
      return { content, uploads: own?.uploads ?? new Uploads(this.api) };
    };
    const now = withFiles(kept.content);
    const aside = kept.aside.map(withFiles);
    this.content = now.content;
    this.uploads = now.uploads;
    if (!this.#asking) this.sending = kept.sending;
    this.aside = [...aside, ...stillComing(ours, [now, ...aside], kept.sending)];
    // It was to go as its writer saw it, and he sees another one now.
    if (uploads !== now.uploads) uploads.whenWhole(null);
    if (this.sending && !this.#asking) this.#wait();
  }

  /** A device that is full, or lets nothing be kept, doesn't hinder what is sent. */
  #keep() {
    if (!this.#place) return;
    const { content, sending } = this;
    const aside = this.aside.map((one) => one.content);
    const isNothing = content === NOTHING && !sending && aside.length === 0;
    try {
      if (isNothing) localStorage.removeItem(this.#place);
      else localStorage.setItem(this.#place, JSON.stringify({ content, sending, aside }));
      this.isKept = true;
    } catch {
      this.isKept = false;
    }
  }

  #wait(inMs = Math.max(0, (this.sending?.until ?? 0) - Date.now())) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), inMs);
  }

  /** Once at a time: who asks meanwhile waits for the same answer. */
  #ask(): Promise<void> {
    const { sending } = this;
    if (!sending) return Promise.resolve();
    this.#asking ??= this.#post(sending).finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #post(sending: Sending) {
    try {
      const one = await this.api.postCases(sending.body, sending.key);
      this.sending = null;
      this.#keep();
      this.told.over(one);
    } catch (error) {
      this.#missed(error);
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

  /** What was begun meanwhile stays: under it where both are one, else aside. */
  #bringBack() {
    clearTimeout(this.#timer);
    const { sending } = this;
    if (!sending) return;
    const back = sending.content;
    const { id } = this.content;
    this.sending = null;
    // Another tab that was told no as well has brought it back by now.
    if (this.#has(back.id)) return this.#keep();
    // The files that are on their way are on their way to this one.
    if (areOne(back, this.content))
      this.content = { ...joined(back, this.content), id: id || back.id };
    else {
      if (!this.#isIdle) this.#putAside();
      this.content = back;
    }
    this.#keep();
  }

  #has(id: string): boolean {
    const all = [this.content, ...this.aside.map(({ content }) => content)];
    return id !== '' && all.some((one) => one.id === id);
  }
}

/** Those of ours that the other tab knows nothing of, but whose files are still coming. What went
 * without them isn't said once more: they stay for the same customer. */
function stillComing(
  ours: readonly Aside[],
  kept: readonly Aside[],
  sending: Sending | null,
): Aside[] {
  const isKept = (one: Aside) => kept.some(({ content }) => content.id === one.content.id);
  return ours
    .filter((one) => one.uploads.list.length > 0 && !isKept(one))
    .map(({ content, uploads }) => {
      const isGone = sending?.content.id === content.id;
      const rest = { ...NOTHING, id: crypto.randomUUID(), whom: content.whom };
      return { content: isGone ? rest : content, uploads };
    });
}

/** What an earlier version kept has no id yet. */
function named(one: Partial<Begun>): Begun {
  return { ...NOTHING, ...one, id: one.id || crypto.randomUUID() };
}

function read(place: string): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Kept>;
    const begun = { ...NOTHING, ...kept.content };
    const isNothing = !begun.id && !begun.whom && isUnwritten(begun);
    const content = isNothing ? NOTHING : named(begun);
    const aside = (kept.aside ?? []).map(named);
    return { content, sending: kept.sending ?? null, aside };
  } catch {
    return { content: NOTHING, sending: null, aside: [] };
  }
}
