// sources.svelte.ts — where proposals come from: the macros, the colleagues and teams, the case.
import type { Case, Macro } from '@gestand/sdk';
import type { Desk } from '../../app/desk.svelte';
import { t, texts } from '../../app/text.svelte';
import { clock, formatted } from '../../app/time.svelte';
import { filled, type Proposal, type Sign } from './proposals';

export class Sources {
  constructor(
    private desk: Desk,
    private of: () => Pick<Case, 'person_name' | 'reference' | 'title'>,
  ) {}

  /** Everything that a sign offers; macros come when they are first asked for. */
  all = (sign: Sign): readonly Proposal[] => {
    if (sign === '@') return this.#people();
    if (sign === '{{') return this.#known();
    const values = this.#values();
    return this.desk.macros.all.map((macro) => this.#macro(macro, values));
  };

  /** Nothing comes behind this sign, whatever is typed: somebody has to make one first. */
  areNone(sign: Sign): boolean {
    return sign === '/' && this.desk.macros.areNone;
  }

  ask() {
    void this.desk.macros.load().catch(() => {});
  }

  /** What is chosen elsewhere, as in the palette, comes in here too, until the returned function. */
  serve(insert: (proposal: Proposal) => void): () => void {
    this.desk.insert = (macro) => insert(this.#macro(macro, this.#values()));
    return () => (this.desk.insert = null);
  }

  #macro(macro: Macro, values: Record<string, string>): Proposal {
    const { id, name, text } = macro;
    return { id, name, meta: text, text: filled(text, values), macro };
  }

  /** What nobody knows isn't offered. */
  #known(): Proposal[] {
    return Object.entries(this.#values()).flatMap(([id, value]) =>
      value ? [{ id, name: texts.sayOr(`data.${id}`, id), meta: value, text: value }] : [],
    );
  }

  #people(): Proposal[] {
    const { users, teams } = this.desk.directory;
    const people = users
      .filter((user) => !user.disabled && user.role !== 'integration')
      .map(({ id, name, email }) => ({ id, name: name || email, meta: email }));
    const groups = teams.map(({ id, name }) => ({ id, name, meta: '' }));
    return [...people, ...groups].map((one) => ({ ...one, text: `@${one.name} ` }));
  }

  /** What {{…}} in a macro can stand for, and what comes by {{ in a text. */
  #values(): Record<string, string> {
    const { person_name, reference, title } = this.of();
    const { me } = this.desk.session;
    return {
      customer: person_name,
      salutation: person_name && t('composer.salutation', { name: person_name }),
      reference,
      subject: title,
      agent: me?.user.name ?? '',
      organisation: me?.organisation.name ?? '',
      today: formatted(new Date(clock.now), { day: 'numeric', month: 'long', year: 'numeric' }),
    };
  }
}
