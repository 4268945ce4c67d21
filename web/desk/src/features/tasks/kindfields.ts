// kindfields.ts — the fields of a kind of task while somebody fills them in, and as they are sent.
import type { TaskKind } from '@gestand/sdk';

type Field = TaskKind['fields'][number];
export type FieldType = Field['type'];
export const TYPES: readonly FieldType[] = ['text', 'number', 'day', 'choice', 'yes'];

export interface Draft {
  /** As it stands in the values of its tasks; '': it's new. */
  name: string;
  label: string;
  type: FieldType;
  isRequired: boolean;
  /** With commas between them. */
  choices: string;
}

export const EMPTY: Draft = { name: '', label: '', type: 'text', isRequired: false, choices: '' };

export function draftsOf(fields: readonly Field[]): Draft[] {
  return fields.map(({ name, label, type, is_required: isRequired, choices }) => ({
    name,
    label,
    type,
    isRequired,
    choices: choices.join(', '),
  }));
}

/** Those that have a label. One that is new gets a name that no other has. */
export function fieldsOf(drafts: readonly Draft[]): Field[] {
  const names = new Set(drafts.map(({ name }) => name));
  const nameFor = (label: string) => {
    const plain = label.trim().slice(0, 50);
    for (let n = 1; ; n++) {
      const name = n === 1 ? plain : `${plain} ${n}`;
      if (names.has(name)) continue;
      names.add(name);
      return name;
    }
  };
  return drafts
    .filter(({ label }) => label.trim())
    .map(({ name, label, type, isRequired, choices }) => ({
      name: name || nameFor(label),
      label: label.trim(),
      type,
      is_required: isRequired,
      choices: type === 'choice' ? partsOf(choices, ',') : [],
    }));
}

export function partsOf(text: string, between: string): string[] {
  return text
    .split(between)
    .map((part) => part.trim())
    .filter(Boolean);
}
