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

/** The bindings with the keys of a user. What is off has none, and does nothing by keys. */
export function withMap(bindings: readonly Binding[], map: KeyMap): Binding[] {
  return bindings.map((one) => {
    const own = isFixed(one) ? undefined : map[idOf(one)];
    if (own === undefined) return one;
    const mine = { ...one, keys: own };
    delete mine.also;
    delete mine.shown;
    return mine;
  });
}

function keysOf({ keys, also = [] }: Binding): string[] {
  return [keys, ...also].filter(Boolean);
}

/** Can both be meant at the same moment? */
function areTogether(one: Binding, other: Binding): boolean {
  const groups = [one.group, other.group];
  if (groups.includes('people') && groups.includes('case')) return false;
  return groups.includes('answer') === (one.group === other.group);
}

/** What has these keys already, or would never be reached behind them. */
export function conflictOf(
  bindings: readonly Binding[],
  of: Binding,
  keys: string,
): Binding | undefined {
  const clash = (known: string) =>
    known === keys || known.startsWith(`${keys} `) || keys.startsWith(`${known} `);
  return bindings.find(
    (one) => idOf(one) !== idOf(of) && areTogether(one, of) && keysOf(one).some(clash),
  );
}

/** Another key for one; what had it before gets none. As usual again: it's left out. */
export function changed(
  map: KeyMap,
  usual: readonly Binding[],
  of: Binding,
  keys: string,
): Record<string, string> {
  const next: Record<string, string> = { ...map };
  const conflict = keys ? conflictOf(withMap(usual, map), of, keys) : undefined;
  if (conflict && !isFixed(conflict)) next[idOf(conflict)] = '';
  const own = usual.find((one) => idOf(one) === idOf(of));
  if (own?.keys === keys) delete next[idOf(of)];
  else next[idOf(of)] = keys;
  return next;
}
