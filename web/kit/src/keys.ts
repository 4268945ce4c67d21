// keys.ts — how keys are written: as they stand on the keyboard of who looks.
const OF_MAC: Record<string, string> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' };
const ARROWS: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑' };

/** On a Mac, where ⌘ does what Ctrl does elsewhere. */
export const isMac = /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? '');

/** "Ctrl+Shift+A" as "Ctrl Shift A", or ⇧⌘A. */
export function shownKey(key: string, onMac = isMac): string {
  const parts = key === '+' ? [key] : key.split(/\+(?=.)/);
  const names = parts.map((part) => ARROWS[part] ?? part);
  if (!onMac) return names.join(' ');
  const ORDER = ['Alt', 'Shift', 'Ctrl'];
  const modifiers = ORDER.filter((one) => names.includes(one)).map((one) => OF_MAC[one]);
  return [...modifiers, ...names.filter((one) => !ORDER.includes(one))].join('');
}
