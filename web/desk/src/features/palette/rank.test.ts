import { UserRound } from '@gestand/kit';
import { expect, test } from 'vitest';
import type { Command } from './commands';
import { fitOf, ranked } from './rank';

function command(label: string, group: Command['group'] = 'do'): Command {
  return { id: label, group, label, icon: UserRound, run: () => {} };
}
const unused = () => 0;

test('every word must stand in the label, in any order and without its accents', () => {
  expect(fitOf('Wijs toe aan Noël', ['noel', 'wijs'])).toBeGreaterThan(0);
  expect(fitOf('Wijs toe aan Noël', ['noel', 'water'])).toBe(0);
});

test('a label that begins with what was typed comes before one that holds it', () => {
  const commands = [command('Alle toetsen'), command('Toets in, uit')];
  expect(ranked(commands, ['toets'], unused)[0]?.commands[0]?.label).toBe('Toets in, uit');
});

test('of what fits as well, the most used comes first, and its group with it', () => {
  const commands = [command('Licht'), command('Donker'), command('Postvak', 'go')];
  const sections = ranked(commands, [], (id) => (id === 'Postvak' ? 5 : id === 'Donker' ? 2 : 0));
  expect(sections.map(({ group }) => group)).toEqual(['go', 'do']);
  expect(sections[1]?.commands.map(({ label }) => label)).toEqual(['Donker', 'Licht']);
});

test('what the server found needs not hold the words', () => {
  const found = { ...command('Geen warm water', 'cases'), fit: 2.5 };
  expect(ranked([found], ['boiler'], unused)).toHaveLength(1);
});
