// soon.ts — what much that happens asks for is done once for all of it, and no more often than it
// can be looked at.
const GATHER_MS = 300;
const EVERY_MS = 3000;

export class Soon {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #doneAt = 0;

  constructor(private work: () => Promise<unknown>) {}

  ask() {
    const wait = Math.max(GATHER_MS, this.#doneAt + EVERY_MS - Date.now());
    this.#timer ??= setTimeout(() => this.#do(), wait);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #do() {
    this.#timer = undefined;
    this.#doneAt = Date.now();
    // Without an answer it stays as it was; the desk says itself that there is no line.
    void this.work().catch(() => {});
  }
}
