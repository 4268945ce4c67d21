// stored.ts — the drafts of a case as the server has them: who asks for its answer and for its note at
// one moment asks once.
import type { Api, Draft } from '@gestand/sdk';

export class StoredDrafts {
  #asked = new Map<string, Promise<Draft[]>>();

  constructor(private api: Api) {}

  of(caseId: string): Promise<Draft[]> {
    const known = this.#asked.get(caseId);
    if (known) return known;
    const read = this.api.getCasesByIdDrafts(caseId).then(({ items }) => items);
    this.#asked.set(caseId, read);
    // What is asked later must hear what was saved meanwhile.
    setTimeout(() => this.#asked.delete(caseId));
    return read;
  }
}
