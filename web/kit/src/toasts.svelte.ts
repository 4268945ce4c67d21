// toasts.svelte.ts — what happened, for eight seconds, with a way back where there is one.
export interface Toast {
  id: number;
  text: string;
  isBad: boolean;
  /** What can be done about it: a way back, or what leads somewhere. */
  action?: { label: string; leads?: boolean; run: () => void };
}

const SHOWN_MS = 8000;

export class Toasts {
  list = $state<Toast[]>([]);
  #newest = 0;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  /** Gives its id: what it says may be over sooner than it's gone. */
  say(text: string, action?: Toast['action']): number {
    return this.#add({ text, isBad: false, ...(action ? { action } : {}) });
  }

  warn(text: string) {
    this.#add({ text, isBad: true });
  }

  /** While somebody looks at it, it stays. */
  hold(id: number) {
    clearTimeout(this.#timers.get(id));
  }

  release(id: number) {
    this.hold(id);
    this.#timers.set(
      id,
      setTimeout(() => this.remove(id), SHOWN_MS),
    );
  }

  remove(id: number) {
    this.hold(id);
    this.#timers.delete(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Takes the way back of what is shown, where there is one. */
  undo() {
    const toast = this.list.find(({ action }) => action && !action.leads);
    if (!toast) return;
    this.remove(toast.id);
    toast.action?.run();
  }

  /** One in view at most: the newest takes the place of what was there. */
  #add(toast: Omit<Toast, 'id'>): number {
    const id = ++this.#newest;
    this.list = [{ id, ...toast }];
    this.release(id);
    return id;
  }
}
