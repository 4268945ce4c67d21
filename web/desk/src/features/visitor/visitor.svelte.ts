// visitor.svelte.ts — who chats in the case that is open: is he there, does he type, where is he.
import type { Api, SeenVisitor } from '@gestand/sdk';

const GATHER_MS = 200;
/** Who types and stops without a word types no more by then; the server says how long it holds. */
const LAPSE_MS = 11_000;

export class Visitor {
  now = $state.raw<SeenVisitor | null>(null);
  #caseId: string | null = null;
  #look: ReturnType<typeof setTimeout> | undefined;
  #lapse: ReturnType<typeof setTimeout> | undefined;
  #lookedAt = 0;

  constructor(private api: Api) {}

  /** One looks at this case, until the returned function is called. */
  enter(caseId: string): () => void {
    this.#caseId = caseId;
    this.now = null;
    this.refresh();
    return () => {
      clearTimeout(this.#look);
      clearTimeout(this.#lapse);
      this.#look = undefined;
      this.#caseId = this.now = null;
    };
  }

  /** Asks who is there; many hints at once are one question. */
  refresh() {
    if (this.#look || !this.#caseId) return;
    const wait = Math.max(0, this.#lookedAt + GATHER_MS - Date.now());
    this.#look = setTimeout(() => void this.#ask(), wait);
  }

  /** For so many hours; 0: for good. */
  async block(hours: number): Promise<() => Promise<void>> {
    const caseId = this.#caseId ?? '';
    const block = await this.api.postCasesByIdVisitorBlock(caseId, { hours });
    this.refresh();
    return async () => {
      await this.api.deleteChatBlocksById(block.id);
      this.refresh();
    };
  }

  async #ask() {
    const caseId = this.#caseId;
    this.#look = undefined;
    this.#lookedAt = Date.now();
    if (!caseId) return;
    const found = await this.api.getCasesByIdVisitor(caseId).catch(() => null);
    if (caseId !== this.#caseId) return;
    this.now = found;
    clearTimeout(this.#lapse);
    if (found && found.state !== 'away') this.#lapse = setTimeout(() => this.refresh(), LAPSE_MS);
  }
}
