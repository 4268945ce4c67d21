// conflicts.svelte.ts — two changed the same thing: what can be joined is joined, and where only
// one of the two can stand, one is asked which. Nothing that was typed is thrown away before that.
import { ApiError, versionTag } from '@gestand/sdk';

type Fields = Record<string, unknown>;

/** A field of which there are two versions. */
export interface Clash {
  field: string;
  mine: unknown;
  theirs: unknown;
}

export interface Change<Thing extends { version: number }, Draft extends object> {
  /** As it was when one began. */
  base: { version: number };
  /** What one wants of it. */
  mine: Draft;
  write: (draft: Draft, ifMatch: string) => Promise<Thing>;
  read: () => Promise<Thing>;
  /** What is asked, as a person reads it. */
  name: string;
  show?: (clash: Clash, value: unknown) => string;
  /** What a field is called, where the messages have no word for it. */
  label?: (field: string) => string;
}

/** What one is asked, until it's answered: the fields that stay one's own, or null to leave it. */
export interface Question {
  name: string;
  clashes: Clash[];
  label?: ((field: string) => string) | undefined;
  show: (clash: Clash, value: unknown) => string;
  answer: (mine: ReadonlySet<string> | null) => void;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** Is it so already? Then it was heard before, or another wanted the same. */
function isThere(draft: object, now: object): boolean {
  return Object.entries(draft).every(
    ([field, value]) => field in now && isSame(value, (now as Fields)[field]),
  );
}

/** Both joined: what only one of them changed is as that one has it; the rest clashes. */
export function joined<Draft extends object>(base: object, mine: Draft, now: object) {
  const [before, after] = [base as Fields, now as Fields];
  const draft = { ...mine } as Fields;
  const clashes: Clash[] = [];
  for (const [field, value] of Object.entries(mine)) {
    if (!(field in after) || isSame(after[field], before[field])) continue;
    if (isSame(value, before[field])) draft[field] = after[field];
    else if (!isSame(value, after[field]))
      clashes.push({ field, mine: value, theirs: after[field] });
  }
  return { draft: draft as Draft, clashes };
}

export class Conflicts {
  question = $state.raw<Question | null>(null);

  /** Saves it; null: one left it as the others have it. */
  async save<Thing extends { version: number }, Draft extends object>(
    change: Change<Thing, Draft>,
  ): Promise<Thing | null> {
    let { base, mine } = change;
    for (;;) {
      try {
        return await change.write(mine, versionTag(base));
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 412) throw error;
      }
      const now = await change.read();
      const { draft, clashes } = joined(base, mine, now);
      const kept = await this.#ask(change, clashes);
      if (!kept) return null;
      const theirs = clashes.filter(({ field }) => !kept.has(field));
      if (clashes.length === 0 && isThere(draft, now)) return now;
      mine = { ...draft, ...Object.fromEntries(theirs.map((one) => [one.field, one.theirs])) };
      base = now;
    }
  }

  async #ask(
    {
      name,
      label,
      show = (_, value) => String(value ?? ''),
    }: Pick<Change<never, never>, 'name' | 'show' | 'label'>,
    clashes: Clash[],
  ): Promise<ReadonlySet<string> | null> {
    if (clashes.length === 0) return new Set();
    this.question?.answer(null);
    return await new Promise((done) => {
      const answer = (mine: ReadonlySet<string> | null) => {
        // Answered once; another may be asked by then.
        if (this.question === question) this.question = null;
        done(mine);
      };
      const question: Question = { name, clashes, label, show, answer };
      this.question = question;
    });
  }
}
