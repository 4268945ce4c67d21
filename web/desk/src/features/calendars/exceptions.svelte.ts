// exceptions.svelte.ts — the days that differ, while they are changed.
import type { Calendar } from '@gestand/sdk';

import { periodsOf, shownPeriods, sortedExceptions } from './calendar';

/** A day or days, as they are typed. */
export class ExceptionDraft {
  from = $state('');
  to = $state('');
  name = $state('');
  hours = $state('');
  everyYear = $state(false);

  constructor(readonly key: number) {}

  get isUnread(): boolean {
    return periodsOf(this.hours) === null;
  }
  get isDayless(): boolean {
    return this.from === '' || (this.to !== '' && this.to < this.from);
  }
}

export class Exceptions {
  all = $state<ExceptionDraft[]>([]);
  #next = 0;

  constructor(exceptions: Calendar['exceptions']) {
    for (const one of sortedExceptions(exceptions)) {
      const draft = this.add();
      draft.from = one.from;
      draft.to = one.to && one.to !== one.from ? one.to : '';
      draft.name = one.name ?? '';
      draft.hours = shownPeriods(one.periods);
      draft.everyYear = one.every_year;
    }
  }

  add(): ExceptionDraft {
    const draft = new ExceptionDraft(this.#next++);
    this.all.push(draft);
    return draft;
  }

  remove(draft: ExceptionDraft) {
    this.all = this.all.filter(({ key }) => key !== draft.key);
  }

  /** As the server takes them; null: one can't be read. */
  read(): Calendar['exceptions'] | null {
    if (this.all.some((one) => one.isUnread || one.isDayless)) return null;
    return this.all.map((one) => ({
      from: one.from,
      to: one.to || one.from,
      name: one.name.trim() || null,
      every_year: one.everyYear,
      periods: periodsOf(one.hours) ?? [],
    }));
  }
}
