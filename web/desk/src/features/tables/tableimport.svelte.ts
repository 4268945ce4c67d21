// tableimport.svelte.ts — a table on its way in: tried first, then taken.
import type { Api, TableLine } from '@gestand/sdk';

import { wordsOf } from '../../app/words';
import { type Piece, piecesOf } from './pieces';

export type Outcome = TableLine['outcome'];
export const OUTCOMES: readonly Outcome[] = ['added', 'changed', 'same', 'refused'];

export class TableImport {
  name = $state('');
  /** `tried`: what would become of each line is known. */
  stage = $state<'none' | 'trying' | 'tried' | 'taking' | 'taken'>('none');
  counts = $state.raw<Readonly<Record<Outcome, number>>>({
    added: 0,
    changed: 0,
    same: 0,
    refused: 0,
  });
  refused = $state.raw<readonly TableLine[]>([]);
  /** How much of it went, from 0 to 1. */
  share = $state(0);
  failure = $state('');
  #pieces: Piece[] = [];
  #type: string | null = null;

  constructor(private api: Api) {}

  get isBusy() {
    return this.stage === 'trying' || this.stage === 'taking';
  }
  /** What taking it would change. */
  get changesN() {
    return this.counts.added + this.counts.changed;
  }

  /** `type`: of the records that it has; null: it has customers. */
  async try(file: File, type: string | null) {
    this.name = file.name;
    this.#type = type;
    this.#pieces = piecesOf(new Uint8Array(await file.arrayBuffer()));
    await this.#go('trying', 'tried');
  }

  async take() {
    await this.#go('taking', 'taken');
  }

  forget() {
    this.stage = 'none';
    this.failure = '';
    this.#pieces = [];
  }

  async #go(now: 'trying' | 'taking', then: 'tried' | 'taken') {
    const counts = { added: 0, changed: 0, same: 0, refused: 0 };
    const refused: TableLine[] = [];
    this.stage = now;
    this.failure = '';
    this.share = 0;
    try {
      for (const [n, { content, offset }] of this.#pieces.entries()) {
        for (const one of await this.api.postTable(this.#type, content, now === 'trying')) {
          counts[one.outcome]++;
          if (one.outcome === 'refused') refused.push({ ...one, line: one.line + offset });
        }
        this.share = (n + 1) / this.#pieces.length;
      }
      this.stage = then;
    } catch (error) {
      // Of what was taken before it nothing is lost: the same table again is fine.
      this.failure = wordsOf(error);
      this.stage = now === 'trying' ? 'none' : 'tried';
    }
    this.counts = counts;
    this.refused = refused;
  }
}
