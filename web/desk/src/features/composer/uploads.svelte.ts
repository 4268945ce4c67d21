// uploads.svelte.ts — files on their way to the server, piece by piece: what arrived stays arrived, and
// what a cut line or a server in trouble stopped goes on by itself.
import { ApiError, type Api } from '@gestand/sdk';

import { t } from '../../app/text.svelte';
import { wordsOf } from '../../app/words';

import type { Attached } from './content';

/** A piece: large enough to be quick, small enough to show how it gets on. */
const PIECE = 512 * 1024;
const FILE_MAX = 50 * 1024 * 1024;
/** Of all files of a mail together. */
const MAIL_MAX = 35 * 1024 * 1024;
/** Before the next try: doubled after each that brought nothing. */
const PAUSE_MS = 1000;
const PAUSE_MAX_MS = 60_000;

/** A no that may be a yes in a moment. Where it goes on is asked then, so 409 is none for good. */
function passes(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return [0, 409, 429].includes(error.status) || error.status >= 500;
}

export class Upload {
  sent = $state(0);
  /** Why it doesn't get on; null: it does, or will. */
  trouble = $state<string | null>(null);
  /** It goes on by itself. */
  waits = $state(false);
  #id = '';
  #stop = new AbortController();
  #isTakenBack = false;
  #pause = PAUSE_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private api: Api,
    readonly file: File,
    private whole: (upload: Upload, file: Attached) => void,
  ) {}

  get name(): string {
    return this.file.name;
  }
  get size(): number {
    return this.file.size;
  }

  async run() {
    clearTimeout(this.#timer);
    this.trouble = null;
    this.waits = false;
    try {
      await this.#begin();
      if (this.#stop.signal.aborted) return;
      while (this.sent < this.size) {
        const piece = this.file.slice(this.sent, this.sent + PIECE);
        await this.api.patchFilePiece(this.#id, this.sent, piece, this.#stop.signal);
        this.sent += piece.size;
        this.#pause = PAUSE_MS;
      }
      this.whole(this, { id: this.#id, name: this.name, size: this.size });
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      if (passes(error)) this.#wait();
      else this.trouble = wordsOf(error);
    }
  }

  #wait() {
    this.waits = true;
    this.#timer = setTimeout(() => void this.run(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, PAUSE_MAX_MS);
  }

  /** The line is back: it needn't wait for its moment. */
  goOn() {
    this.#pause = PAUSE_MS;
    if (this.waits) void this.run();
  }

  /** For the first time, or where an earlier try came to an end. */
  async #begin() {
    if (this.#id) this.sent = await this.#received();
    if (this.#id) return;
    const { name, size, type } = this.file;
    this.#id = (await this.api.postFiles({ name, size, type: type || null })).id;
    if (this.#isTakenBack) this.#remove();
  }

  /** What lay half done for days is gone from the server: it begins anew. */
  async #received(): Promise<number> {
    try {
      return (await this.api.getFilesById(this.#id)).received;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
      this.#id = '';
      return 0;
    }
  }

  stop() {
    clearTimeout(this.#timer);
    this.#stop.abort();
  }

  /** Nothing of it stays on the server, either; what it's called there may come only now. */
  cancel() {
    this.stop();
    this.#isTakenBack = true;
    if (this.#id) this.#remove();
  }

  #remove() {
    void this.api.deleteFilesById(this.#id).catch(() => {});
  }
}

export class Uploads {
  list = $state.raw<readonly Upload[]>([]);
  /** Something goes as soon as all of them are there. */
  isAwaited = $state(false);
  #whole: (() => void) | null = null;

  constructor(private api: Api) {}

  /** At once, whatever they wait for. */
  goOn() {
    for (const upload of this.list) upload.goOn();
  }

  /** Nothing of them is looked after any more. */
  stop() {
    for (const upload of this.list) upload.stop();
    this.whenWhole(null);
    this.list = [];
  }

  /** Once all are there, unless one is taken back; null: no more. */
  whenWhole(run: (() => void) | null) {
    this.#whole = run;
    this.isAwaited = run !== null;
  }

  get told(): string {
    return t(this.isAwaited ? 'composer.goesOnceWhole' : 'composer.uploading');
  }

  /** Those that fit go their way; gives why the others don't. */
  add(files: readonly File[], before: readonly Attached[], whole: (file: Attached) => void) {
    let why = '';
    let sum = [...before, ...this.list].reduce((all, { size }) => all + size, 0);
    for (const file of files) {
      if (file.size > FILE_MAX) why = t('composer.fileTooLarge', { name: file.name });
      else if (sum + file.size > MAIL_MAX) why = t('composer.filesTooLarge');
      else {
        sum += file.size;
        this.#start(file, whole);
      }
    }
    return why;
  }

  #start(file: File, whole: (file: Attached) => void) {
    const upload = new Upload(this.api, file, (done, attached) => {
      this.#remove(done);
      whole(attached);
      if (this.list.length === 0) this.#goOn();
    });
    this.list = [...this.list, upload];
    void upload.run();
  }

  cancel(upload: Upload) {
    this.whenWhole(null);
    upload.cancel();
    this.#remove(upload);
  }

  #goOn() {
    const run = this.#whole;
    this.whenWhole(null);
    run?.();
  }

  #remove(upload: Upload) {
    this.list = this.list.filter((one) => one !== upload);
  }
}
