// keys.ts — from a key, or two behind one another, to what it does. Single keys work only outside
// of text fields.
import type { TextKey } from './text.svelte';

export const GROUPS = ['everywhere', 'go', 'list', 'case', 'people', 'answer'] as const;

export interface Binding {
  /** As it's shown: "J", "Ctrl+↵", "G P"; several keys that do the same stand in `also`. '': none. */
  keys: string;
  also?: readonly string[];
  /** How the overlay writes them, where that isn't `keys` and `also`. */
  shown?: readonly string[];
  label: TextKey;
  group: (typeof GROUPS)[number];
  /** Of another group, but nothing without an open case. */
  isOfCase?: boolean;
  /** Through the list of whatever page is there. */
  walks?: boolean;
  /** It's nothing until that is so: of two with the same key the first that is there is meant. */
  isThere?: () => boolean;
  /** What it does here; those of the composer are handled there. */
  run?: (keys: string) => void;
}

const NAMES: Record<string, string> = { Enter: '↵', Escape: 'Esc', ' ': 'Space' };

/** The key of an event, as bindings write it. One with Alt by its place on the keyboard: the sign that
 * it makes is another one on a Mac, and a digit needs Shift on a French one. */
export function keyOf(event: KeyboardEvent): string {
  const isAlt = event.altKey && !event.ctrlKey && !event.metaKey;
  const placed = isAlt ? /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code)?.[1] : undefined;
  const key = placed ?? event.key;
  const name = NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  const isLetter = /^\p{L}$/u.test(key);
  const words = [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && (isLetter || key.length > 1) ? 'Shift' : '',
    name,
  ];
  return words.filter(Boolean).join('+');
}

/** Letters go into it; into what is only ticked they don't. */
export function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type="checkbox"]), textarea, select'))
  );
}

/** A plain one of these scrolls what the focus is in. */
const SCROLLS = new Set(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End']);

function canScroll(element: Element): boolean {
  const { overflowY } = getComputedStyle(element);
  return /auto|scroll/.test(overflowY) && element.scrollHeight > element.clientHeight;
}

/** Is the focus in what scrolls, and that isn't the list that these keys walk through? */
function isScrolled(target: Element): boolean {
  if (target.closest('[data-walked]')) return false;
  for (let at: Element | null = target; at; at = at.parentElement) if (canScroll(at)) return true;
  return false;
}

/** A button or link has its own Enter, what scrolls its arrows; a menu or dialog its own keys
 * altogether. */
function isOwn(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('dialog, [role="menu"]')) return true;
  if (target && SCROLLS.has(event.key) && isSingle(event)) return isScrolled(target);
  return event.key === 'Enter' && target?.closest('a, button, [role="separator"]') != null;
}

/** Who presses the first of two keys and waits longer meant only that one. */
const PAIR_MS = 1500;
const BESIDE_OTHERS = new Set(['Shift', 'Control', 'Alt', 'Meta']);

export class Keyboard {
  /** The first key of a pair, as G of "G P". */
  #first = '';
  #firstAt = 0;

  press(event: KeyboardEvent, bindings: readonly Binding[], singleKeys: boolean) {
    if (event.defaultPrevented || event.isComposing || BESIDE_OTHERS.has(event.key)) return;
    const first = event.timeStamp - this.#firstAt < PAIR_MS ? this.#first : '';
    this.#first = '';
    if (isOwn(event) || (isSingle(event) && (isWriting(event.target) || !singleKeys))) return;
    const keys = first + keyOf(event);
    const there = bindings.filter((one) => one.run && (one.isThere?.() ?? true));
    const all = there.map((one) => [one.keys, ...(one.also ?? [])]);
    if (all.flat().some((one) => one.startsWith(`${keys} `))) {
      this.#first = `${keys} `;
      this.#firstAt = event.timeStamp;
    } else {
      const binding = there.find((one) => one.keys === keys || one.also?.includes(keys));
      if (!binding?.run) return;
      binding.run(keys);
    }
    event.preventDefault();
  }
}

/** What in a text field would be a letter. */
function isSingle(event: KeyboardEvent): boolean {
  const isBare = !event.ctrlKey && !event.metaKey && !event.altKey;
  return isBare && event.key !== 'Escape' && !/^F\d+$/.test(event.key);
}
