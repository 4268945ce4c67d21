// keymap.ts — the keys as one user wants them: changed, switched off, or as they are usually.
import type { Binding } from './keys';

/** By the id of what they do; '': switched off. What is as usual isn't in it. */
export type KeyMap = Readonly<Record<string, string>>;

export function idOf({ group, label }: Pick<Binding, 'group' | 'label'>): string {
  return `${group}.${label}`;
}

/** As the server and this device keep it; another version of the desk may have written it. */
export function readMap(text: string): KeyMap {
  try {
    const kept: unknown = JSON.parse(text || '{}');
    const all = Object.entries(Object(kept) as Record<string, unknown>);
    return Object.fromEntries(
      all.filter((one): one is [string, string] => typeof one[1] === 'string'),
    );
  } catch {
    return {};
  }
}

/** What somebody chose for it; what it usually has where he chose nothing. */
export function chosen(map: KeyMap, id: string, usual: string): string {
  return map[id] ?? usual;
}

/** A whole family of keys, or a sign in a text, stays what it is. */
export function isFixed({ keys, also, group }: Binding): boolean {
  const isSign = group === 'answer' && !/^(Ctrl|Alt)\+/.test(keys);
  return isSign || keys.includes('…') || (also?.length ?? 0) > 2 || keys === 'Esc';
}

/** The bindings with the keys of a user. What is off has none, and does nothing by keys; the others
 * that do the same stay, unless something else was given them. */
export function withMap(bindings: readonly Binding[], map: KeyMap): Binding[] {
  const given = bindings.flatMap((one) => {
    const keys = isFixed(one) ? undefined : map[idOf(one)];
    return keys ? [{ ...one, keys, also: [] }] : [];
  });
  return bindings.map((one) => {
    if (isFixed(one)) return one;
    const keys = map[idOf(one)] ?? one.keys;
    const isFree = (other: string) => !conflictOf(given, one, other) && other !== keys;
    const also = keys ? (one.also ?? []).filter(isFree) : [];
    if (keys === one.keys && also.length === (one.also?.length ?? 0)) return one;
    const mine = { ...one, keys, also };
    if (also.length === 0) delete (mine as Binding).also;
    delete mine.shown;
    return mine;
  });
}

/** "Alt+1…9" is nine keys. */
function eachOf(keys: string): string[] {
  const [, before = '', from, to] = /^(.*)(\d)…(\d)$/.exec(keys) ?? [];
  if (!from || !to) return keys ? [keys] : [];
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => before + (+from + i));
}
function keysOf({ keys, also = [] }: Binding): string[] {
  return [keys, ...also].flatMap(eachOf);
}

/** Such keys mean the same while somebody writes. */
const isHeardWriting = (keys: string) => /^(Ctrl|Alt)\+|^(Shift\+)?F\d/.test(keys);
const isAnywhere = ({ group }: Binding) => group === 'everywhere' || group === 'go';

/** Can both be meant at the same moment, by these keys? */
function areTogether(one: Binding, other: Binding, keys: string): boolean {
  const groups = [one.group, other.group];
  if (groups.includes('people') && groups.includes('case')) return false;
  if (!groups.includes('answer') || one.group === other.group) return true;
  // The one of the answer would be all that is left of it where one writes.
  return isHeardWriting(keys) && (isAnywhere(one) || isAnywhere(other));
}

/** All that have these keys already, or would never be reached behind them. */
function conflictsOf(bindings: readonly Binding[], of: Binding, keys: string): Binding[] {
  const clash = (known: string) =>
    known === keys || known.startsWith(`${keys} `) || keys.startsWith(`${known} `);
  return bindings.filter(
    (one) => idOf(one) !== idOf(of) && areTogether(one, of, keys) && keysOf(one).some(clash),
  );
}

/** One of them; one that can't give its keys away, if there is any. */
export function conflictOf(
  bindings: readonly Binding[],
  of: Binding,
  keys: string,
): Binding | undefined {
  const all = conflictsOf(bindings, of, keys);
  return all.find(isFixed) ?? all[0];
}

/** Another key for one; what had it before gets none, or keeps the other one that it has. As usual
 * again: it's left out. */
export function changed(
  map: KeyMap,
  usual: readonly Binding[],
  of: Binding,
  keys: string,
): Record<string, string> {
  const next: Record<string, string> = { ...map };
  const mains = withMap(usual, map).map((one) => (isFixed(one) ? one : { ...one, also: [] }));
  const lose = keys ? conflictsOf(mains, of, keys) : [];
  for (const one of lose) if (!isFixed(one)) next[idOf(one)] = '';
  const own = usual.find((one) => idOf(one) === idOf(of));
  if (own?.keys === keys) delete next[idOf(of)];
  else next[idOf(of)] = keys;
  return next;
}
