// presses.ts — the keys of the composer. Those with Alt by their place on the keyboard: the sign that
// they make is another one on a Mac, and a digit needs Shift on a French one.
import { keyOf } from '../../app/keys';

export type Press = 'send' | 'sendAs' | 'attach' | 'team' | 'private' | 'leave' | number;

const PRESSES: Record<string, Press> = {
  'Ctrl+↵': 'send',
  'Ctrl+Shift+↵': 'sendAs',
  'Ctrl+Shift+A': 'attach',
  Esc: 'leave',
};
const WITH_ALT: Record<string, Press> = { KeyT: 'team', KeyP: 'private' };

/** What a key does while somebody writes; null: it's part of the text. A number: that way to the
 * customer, from 1. */
export function pressOf(event: KeyboardEvent): Press | null {
  if (!event.altKey || event.ctrlKey || event.metaKey) return PRESSES[keyOf(event)] ?? null;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  return digit ? Number(digit) : (WITH_ALT[event.code] ?? null);
}
