// live.ts — the stream of events: comes back by itself, and goes on where it was.
import { addresses, type Event } from './api';
import { queryOf } from './client';

/** One server-sent event: its id and its data. */
export interface Sent {
  id: string;
  data: string;
}

/** Reads server-sent events out of pieces of text, of any size. */
export class EventReader {
  #rest = '';
  #id = '';
  #data: string[] = [];

  read(piece: string): Sent[] {
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.#readLine(line.replace(/\r$/, '')));
  }

  #readLine(line: string): Sent[] {
    if (line.startsWith('id:')) this.#id = line.slice(3).trim();
    else if (line.startsWith('data:')) this.#data.push(line.slice(5).trim());
    if (line !== '' || this.#data.length === 0) return [];
    const sent = { id: this.#id, data: this.#data.join('\n') };
    this.#data = [];
    return [sent];
  }
}

const WAIT_MIN_MS = 500;
const WAIT_MAX_MS = 20_000;

export class Live {
  /** Is there a line to the server? */
  onLine: (isOpen: boolean) => void = () => {};
  onEvent: (event: Event) => void = () => {};
  /** Somebody came, left or typed: no event, it only says that one may ask. */
  onPresence: () => void = () => {};
  /** The session has ended: it doesn't come back. */
  onLoggedOut: () => void = () => {};
  #lastId = '';
  #wait = WAIT_MIN_MS;
  #stop: AbortController | null = null;

  start() {
    this.stop();
    const stop = new AbortController();
    this.#stop = stop;
    void this.#run(stop.signal);
  }

  stop() {
    this.#stop?.abort();
    this.#stop = null;
  }

  async #run(signal: AbortSignal) {
    while (!signal.aborted) {
      await this.#listen(signal).catch(() => {});
      if (signal.aborted) return;
      this.onLine(false);
      await new Promise((done) => setTimeout(done, this.#wait));
      this.#wait = Math.min(this.#wait * 2, WAIT_MAX_MS);
    }
  }

  async #listen(signal: AbortSignal) {
    const headers: Record<string, string> = this.#lastId ? { 'Last-Event-ID': this.#lastId } : {};
    const response = await fetch(addresses.getEvents() + queryOf({ presence: true }), {
      headers,
      signal,
    });
    if (response.status === 401) {
      this.stop();
      this.onLoggedOut();
    }
    if (!response.ok || !response.body) return;
    this.onLine(true);
    this.#wait = WAIT_MIN_MS;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const events = new EventReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      for (const sent of events.read(value)) this.#take(sent);
    }
  }

  #take(sent: Sent) {
    if (sent.id) this.#lastId = sent.id;
    const event = JSON.parse(sent.data) as Event;
    if (event.kind === 'presence') this.onPresence();
    else this.onEvent(event);
  }
}
