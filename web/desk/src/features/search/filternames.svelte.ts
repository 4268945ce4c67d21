// filternames.svelte.ts — what a filter's value is called: ids become names.
import type { Desk } from '../../app/desk.svelte';
import { formatted } from '../../app/time.svelte';
import { t, texts } from '../../app/text.svelte';
import type { FilterName } from './sought';

export class FilterNames {
  /** Of people: read when first asked for. */
  #people = $state<Record<string, string>>({});
  #asked = new Set<string>();

  constructor(private desk: Desk) {}

  of(name: FilterName, value: string): string {
    const { directory, labels } = this.desk;
    switch (name) {
      case 'status':
        return texts.sayOr(`filter.status.${value}`, value);
      case 'channel':
        return directory.channelOf(value)?.name ?? value;
      case 'team':
        return value === 'none' ? t('filter.noTeam') : directory.teamOf(value) || value;
      case 'assignee':
        if (value === 'me') return t('filter.me');
        return value === 'none' ? t('case.nobody') : directory.nameOf(value);
      case 'label':
        return labels.all.find((label) => label.id === value)?.name ?? value;
      case 'person':
        return this.#person(value);
      case 'direction':
        return t(value === 'out' ? 'search.ours' : 'search.theirs');
      case 'since':
      case 'until':
        return day(value);
    }
  }

  /** Who was just chosen by his name needn't be asked for it. */
  know(id: string, name: string) {
    this.#asked.add(id);
    this.#people = { ...this.#people, [id]: name };
  }

  #person(id: string): string {
    if (!this.#asked.has(id)) {
      this.#asked.add(id);
      void this.desk.api
        .getPeopleById(id)
        .then((person) => (this.#people = { ...this.#people, [id]: person.name }))
        .catch(() => {});
    }
    return this.#people[id] ?? '';
  }
}

function day(value: string): string {
  const at = new Date(`${value}T12:00`);
  return Number.isNaN(at.getTime()) ? value : formatted(at, { dateStyle: 'medium' });
}
