// room.ts — how much of a text goes with one message: said beside its field, and nothing of it cut.
import { h } from './dom';
import { language, t } from './texts';

/** From here on the counter is shown. */
const NEAR = 0.8;

export class Room {
  readonly counter: HTMLElement;
  #hasSaid = false;

  constructor(
    private field: HTMLTextAreaElement,
    /** Bytes, as the server counts. */
    private max: () => number,
    private say: (words: string) => void,
  ) {
    this.counter = h('p', { id: `${field.id}-room`, class: 'room' });
    field.setAttribute('aria-describedby', this.counter.id);
    field.addEventListener('input', () => this.fits());
  }

  /** Does it go? Says in words when it doesn't. */
  fits(): boolean {
    const max = this.max();
    const n = new TextEncoder().encode(this.field.value.trim()).length;
    const isOver = n > max;
    const number = (one: number) => one.toLocaleString(language);
    this.counter.textContent = n < max * NEAR ? '' : `${number(n)} / ${number(max)}`;
    this.counter.classList.toggle('error', isOver);
    this.field.setAttribute('aria-invalid', String(isOver));
    if (isOver) this.say(t('tooLong', { n: number(n - max) }));
    else if (this.#hasSaid) this.say('');
    this.#hasSaid = isOver;
    return !isOver;
  }
}
