// gathering.ts — who presses a key that asks something types on at once: until what is asked stands
// there, that is for it, and no keys of the desk.
import { isWriting } from './keys';

function isThere(): boolean {
  return document.querySelector('dialog[open]') !== null;
}

function frame(): Promise<unknown> {
  return new Promise((done) => requestAnimationFrame(done));
}

/** As if it was typed: in the place of what is chosen there. */
function type(words: string) {
  const field = document.activeElement;
  const isText =
    field instanceof HTMLTextAreaElement ||
    (field instanceof HTMLInputElement && field.type === 'text');
  if (!isText || !words) return;
  field.setRangeText(words, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

export class Gathering {
  #typed = '';
  #isWaiting = false;

  constructor(private isAsking: () => boolean) {}

  /** True: the key was for what is being asked, and isn't there yet. */
  take(event: KeyboardEvent): boolean {
    const isOther = event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target);
    if (isOther || !this.isAsking() || isThere()) return false;
    event.preventDefault();
    if (event.key.length === 1) this.#typed += event.key;
    else if (event.key === 'Backspace') this.#typed = this.#typed.slice(0, -1);
    if (!this.#isWaiting) void this.#give();
    return true;
  }

  async #give() {
    this.#isWaiting = true;
    while (this.isAsking() && !isThere()) await frame();
    await frame();
    type(this.#typed);
    this.#typed = '';
    this.#isWaiting = false;
  }
}
