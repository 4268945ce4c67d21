// usage.ts — which commands are used most, on this device: what is old counts for less.
const NAME = 'gestand.palette';
const KEPT = 100;
const HALF_LIFE_MS = 14 * 24 * 3_600_000;

type Uses = Record<string, { n: number; at: number }>;

function readUses(): Uses {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAME) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Uses) : {};
  } catch {
    return {};
  }
}

function weightOf(uses: Uses, id: string, now: number): number {
  const use = uses[id];
  return use ? use.n * 0.5 ** ((now - use.at) / HALF_LIFE_MS) : 0;
}

export class Usage {
  #uses = readUses();

  /** 0: never used. */
  of(id: string, now = Date.now()): number {
    return weightOf(this.#uses, id, now);
  }

  add(id: string, now = Date.now()) {
    const uses = { ...this.#uses, [id]: { n: this.of(id, now) + 1, at: now } };
    const most = Object.entries(uses)
      .sort(([a], [b]) => weightOf(uses, b, now) - weightOf(uses, a, now))
      .slice(0, KEPT);
    this.#uses = Object.fromEntries(most);
    localStorage.setItem(NAME, JSON.stringify(this.#uses));
  }
}
