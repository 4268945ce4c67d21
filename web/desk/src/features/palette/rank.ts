// rank.ts — which commands fit what was typed, in groups, the best first.
import { folded, isStart } from '../search/marks';
import type { Command, CommandGroup } from './commands';

export interface Section {
  group: CommandGroup;
  commands: Command[];
}

/** Of one group, when nothing or little was typed. */
const SHOWN = 8;

/** How well all words stand in a label: 0 when one is missing. */
export function fitOf(label: string, words: readonly string[]): number {
  const plain = folded(label);
  let fit = 1;
  for (const [i, word] of words.entries()) {
    const at = plain.indexOf(word);
    if (at < 0) return 0;
    if (i === 0 && at === 0) fit += 2;
    else if (isStart(plain, at)) fit += 1;
  }
  return fit;
}

export function ranked(
  commands: readonly Command[],
  words: readonly string[],
  usage: (id: string) => number,
): Section[] {
  const scored = commands
    .map((command) => {
      const fit = command.fit ?? fitOf(command.label, words);
      return { command, fit, score: fit + Math.min(1.5, Math.log2(1 + usage(command.id)) / 2) };
    })
    .filter(({ fit }) => fit > 0)
    // Commands of the same score stay in the order in which they came.
    .sort((a, b) => b.score - a.score);
  const groups = new Map<CommandGroup, Command[]>();
  for (const { command } of scored)
    groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return [...groups].map(([group, all]) => ({ group, commands: all.slice(0, SHOWN) }));
}
