// local.ts — the copy of a draft on this device: there from the first letter on, whatever the network
// does, and for nobody but its writer. What an earlier version of the desk kept has less in it.
import { EMPTY, type Content, type Kind } from './content';

export interface Kept {
  content: Content;
  /** What the server had when it was last heard of, and the version of that. */
  base: Content;
  version: number;
  /** What is to be sent, while the server doesn't know yet, and since when. */
  wish: Content | null;
  wishedAt: number;
}

export const NOTHING: Kept = { content: EMPTY, base: EMPTY, version: 0, wish: null, wishedAt: 0 };
const PREFIX = 'gestand.draft';

export function placeOf(userId: string, caseId: string, kind: Kind): string {
  return `${PREFIX}.${userId}.${caseId}.${kind}`;
}

export function read(place: string): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Kept> | null;
    const { content, base, wish } = { ...NOTHING, ...kept };
    return {
      ...NOTHING,
      ...kept,
      content: { ...EMPTY, ...content },
      base: { ...EMPTY, ...base },
      wish: wish && { ...EMPTY, ...wish },
    };
  } catch {
    return NOTHING;
  }
}

export function keep(place: string, kept: Kept) {
  if (JSON.stringify(kept) === JSON.stringify(NOTHING)) localStorage.removeItem(place);
  else localStorage.setItem(place, JSON.stringify(kept));
}

/** The drafts of a user that are on this device: case and kind of each. */
export function kept(userId: string): Array<[string, Kind]> {
  return Object.keys(localStorage).flatMap((place) => {
    const found = /^gestand\.draft\.([^.]+)\.([^.]+)\.(reply|note)$/.exec(place);
    return found?.[1] === userId && found[2] ? [[found[2], found[3] as Kind]] : [];
  });
}
