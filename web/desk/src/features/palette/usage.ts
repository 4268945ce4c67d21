// usage.ts — which commands are used most: what is old counts for less. It's kept by the server with
// the other preferences, so that every device of a user has learned the same.
const KEPT = 100;
const HALF_LIFE_MS = 14 * 24 * 3_600_000;

type Uses = Readonly<Record<string, { n: number; at: number }>>;

function isUse(value: unknown): value is { n: number; at: number } {
  const { n, at } = Object(value) as Record<string, unknown>;
  return typeof n === 'number' && typeof at === 'number';
}

function readUses(text: string): Uses {
  try {
    const kept: unknown = JSON.parse(text || '{}');
    return Object.fromEntries(Object.entries(Object(kept)).filter(([, use]) => isUse(use))) as Uses;
  } catch {
    return {};
  }
}

function weightOf(uses: Uses, id: string, now: number): number {
  const use = uses[id];
  return use ? use.n * 0.5 ** ((now - use.at) / HALF_LIFE_MS) : 0;
}

export class Usage {
  /** `text` as it was kept; `keep` is told what is to be kept from now on. */
  constructor(
    private text: () => string,
    private keep: (text: string) => void,
  ) {}

  /** 0: never used. */
  of(id: string, now = Date.now()): number {
    return weightOf(readUses(this.text()), id, now);
  }

  add(id: string, now = Date.now()) {
    const uses = readUses(this.text());
    const use = { n: Math.round((weightOf(uses, id, now) + 1) * 100) / 100, at: now };
    const next = { ...uses, [id]: use };
    const most = Object.entries(next)
      .sort(([a], [b]) => weightOf(next, b, now) - weightOf(next, a, now))
      .slice(0, KEPT);
    this.keep(JSON.stringify(Object.fromEntries(most)));
  }
}
