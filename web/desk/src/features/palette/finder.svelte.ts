// finder.svelte.ts — cases and people for the palette, while somebody types.
import { UserRound } from '@gestand/kit';
import type { Case, SearchResult } from '@gestand/sdk';
import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';
import { channelIcon } from '../cases/channels';
import { FIT_EXACT, FIT_FOUND, goTo, type Command } from './commands';

const PAUSE_MS = 120;
const LETTERS_MIN = 2;
const CASES = 6;
const PEOPLE = 4;

export class Finder {
  found = $state.raw<Command[]>([]);
  isLooking = $state(false);
  #round = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private desk: Desk) {}

  /** Looks when nothing was typed for a moment; until then what was found stays. */
  look(q: string) {
    this.stop();
    this.isLooking = q.length >= LETTERS_MIN;
    if (!this.isLooking) this.found = [];
    else this.#timer = setTimeout(() => void this.#look(q, this.#round), PAUSE_MS);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#round++;
  }

  async #look(q: string, round: number) {
    const { api } = this.desk;
    // One of them may fail: the other is still worth showing.
    const [cases, all, people] = await Promise.all([
      api.getCases({ q, status: 'all', sort: 'newest', limit: CASES }).catch(() => null),
      api.getSearch({ q, kind: 'message', limit: 1 }).catch(() => null),
      api.getSearch({ q, kind: 'person', limit: PEOPLE }).catch(() => null),
    ]);
    if (round !== this.#round) return;
    const exact = all?.case ? [all.case] : [];
    const others = (cases?.items ?? []).filter((one) => one.id !== exact[0]?.id);
    this.found = [
      ...exact.map((one) => this.#caseLine(one, FIT_EXACT)),
      ...others.map((one) => this.#caseLine(one, FIT_FOUND)),
      ...(people?.items ?? []).map((one) => this.#personLine(one)),
    ];
    this.isLooking = false;
  }

  #caseLine(one: Case, fit: number): Command {
    const { desk } = this;
    return {
      id: `case.${one.id}`,
      group: 'cases',
      label: one.title,
      hint: `${one.person_name}, ${one.reference}, ${t(`status.${one.status}`)}`,
      icon: channelIcon(desk.directory.channelOf(one.channel_id)?.type),
      fit,
      ...goTo(desk, { view: desk.view?.id ?? 'ours', reference: one.reference }),
    };
  }

  #personLine({ person_id, name }: SearchResult['items'][number]): Command {
    return {
      id: `person.${person_id}`,
      group: 'people',
      label: name ?? '',
      icon: UserRound,
      fit: FIT_FOUND,
      ...goTo(this.desk, { view: 'people', reference: person_id ?? null }),
    };
  }
}
