// windows.ts — the other windows of this browser with the same chat: what one of them says of the
// visitor isn't all. Who closes one of two is still there.

type State = 'away' | 'here' | 'typing';
interface Said {
  id: string;
  state: State;
  /** It has just come, and knows of no other. */
  isNew?: boolean;
}
const LAPSES_MS = 90_000;
const states: State[] = ['away', 'here', 'typing'];

export class Windows {
  #id = crypto.getRandomValues(new Uint32Array(2)).join('-');
  #own: State = 'away';
  #others = new Map<string, { state: State; until: number }>();
  #line: BroadcastChannel | null = null;

  constructor(place: string) {
    try {
      this.#line = new BroadcastChannel(place);
      this.#line.onmessage = ({ data }: MessageEvent<Said>) => this.#hear(data);
      this.#say(true);
    } catch {
      // A browser that keeps nothing for frames: each window has a chat of its own.
    }
  }

  #say(isNew = false) {
    this.#line?.postMessage({ id: this.#id, state: this.#own, isNew } satisfies Said);
  }
  #hear({ id, state, isNew }: Said) {
    this.#others.set(id, { state, until: Date.now() + LAPSES_MS });
    if (isNew) this.#say();
  }

  /** What holds for the visitor while this window is in this state. */
  together(own: State): State {
    this.#own = own;
    this.#say();
    let most = states.indexOf(own);
    for (const { state, until } of this.#others.values())
      if (until > Date.now()) most = Math.max(most, states.indexOf(state));
    return states[most] ?? own;
  }
}
