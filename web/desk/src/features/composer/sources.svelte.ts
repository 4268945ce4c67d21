// sources.svelte.ts — where proposals come from: the macros, the colleagues and teams.
import type { Case, Macro } from '@gestand/sdk';
import type { Desk } from '../../app/desk.svelte';
import { filled, type Proposal, type Sign } from './proposals';

export class Sources {
  #macros = $state.raw<readonly Macro[]>([]);
  #hasAsked = false;

  constructor(
    private desk: Desk,
    private of: () => Case,
  ) {}

  /** Everything that a sign offers; macros come when they are first asked for. */
  all = (sign: Sign): readonly Proposal[] => {
    if (sign === '@') return this.#people();
    const values = this.#values();
    return this.#macros.map((macro) => ({
      id: macro.id,
      name: macro.name,
      meta: macro.text,
      text: filled(macro.text, values),
      macro,
    }));
  };

  ask() {
    if (this.#hasAsked) return;
    this.#hasAsked = true;
    this.desk.api.getMacros().then(
      ({ items }) => (this.#macros = items),
      () => (this.#hasAsked = false),
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

  /** What {{…}} in a macro can stand for. */
  #values(): Record<string, string> {
    const { person_name, reference, title } = this.of();
    const { me } = this.desk.session;
    return {
      customer: person_name,
      reference,
      subject: title,
      agent: me?.user.name ?? '',
      organisation: me?.organisation.name ?? '',
    };
  }
}
