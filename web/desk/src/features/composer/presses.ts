// presses.ts — the keys of the composer, as its user has them.
import { chosen, type KeyMap } from '../../app/keymap';
import { keyOf } from '../../app/keys';

export type Press = 'send' | 'sendAs' | 'attach' | 'team' | 'private' | 'accept' | 'leave' | number;

/** By what they do: the usual keys, and what comes of them. */
const PRESSES: ReadonlyArray<[id: string, usual: string, press: Press]> = [
  ['answer.key.send', 'Ctrl+↵', 'send'],
  ['answer.key.sendAs', 'Ctrl+Shift+↵', 'sendAs'],
  ['answer.key.attach', 'Ctrl+Shift+A', 'attach'],
  ['answer.key.toTeam', 'Alt+T', 'team'],
  ['answer.private.ask', 'Alt+P', 'private'],
  ['answer.key.takeOver', 'Alt+↵', 'accept'],
  ['answer.key.leave', 'Esc', 'leave'],
];

/** What each of them does here; what isn't named does nothing. */
export type Does = Partial<Record<Exclude<Press, number>, () => void>> & {
  /** That way to the customer, from 1. */
  way?: (n: number) => void;
};

/** Does what a key says, and keeps it from all others; one that does nothing here is left to them. */
export function press(event: KeyboardEvent, map: KeyMap, does: Does) {
  const found = pressOf(event, map);
  if (found === null) return;
  const { way } = does;
  const run = typeof found === 'number' ? way && (() => way(found)) : does[found];
  if (!run) return;
  event.preventDefault();
  event.stopPropagation();
  run();
}

/** What a key does while somebody writes; null: it's part of the text. A number: that way to the
 * customer, from 1. */
export function pressOf(event: KeyboardEvent, map: KeyMap = {}): Press | null {
  const keys = keyOf(event);
  const found = PRESSES.find(([id, usual]) => chosen(map, id, usual) === keys);
  const way = /^Alt\+(?:Shift\+)?([1-9])$/.exec(keys)?.[1];
  return found?.[2] ?? (way ? Number(way) : null);
}
