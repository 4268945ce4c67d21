import { expect, test } from 'vitest';
import { type Draft, draftsOf, EMPTY, fieldsOf } from './kindfields';

const draft = (one: Partial<Draft>): Draft => ({ ...EMPTY, ...one });

test('a field keeps its name when its label changes, and a new one gets a name of its own', () => {
  const fields = fieldsOf([
    draft({ name: 'code', label: 'Storingscode' }),
    draft({ label: 'code' }),
    draft({ label: ' ' }),
  ]);
  expect(fields.map(({ name, label }) => [name, label])).toEqual([
    ['code', 'Storingscode'],
    ['code 2', 'code'],
  ]);
});

test('only a choice has choices, and what is sent comes back as it was filled in', () => {
  const drafts = [
    draft({ label: 'Waar', type: 'choice', choices: ' Zolder, ,Kelder' }),
    draft({ label: 'Dag', type: 'day', choices: 'weg', isRequired: true }),
  ];
  const fields = fieldsOf(drafts);
  expect(fields.map(({ choices }) => choices)).toEqual([['Zolder', 'Kelder'], []]);
  expect(draftsOf(fields)[0]?.choices).toBe('Zolder, Kelder');
  expect(draftsOf(fields)[1]?.isRequired).toBe(true);
});
