import { expect, test } from 'vitest';

import { shownWords, wordsIn } from './words';

test('a word is its name, and behind a sign what people read', () => {
  expect(wordsIn('planned = Gepland\n\n trade\nwhen = a = b ')).toEqual([
    { name: 'planned', label: 'Gepland' },
    { name: 'trade', label: 'trade' },
    { name: 'when', label: 'a = b' },
  ]);
});

test('what is shown is read back as it was', () => {
  const words = [
    { name: 'planned', label: 'Gepland' },
    { name: 'trade', label: 'trade' },
  ];
  expect(wordsIn(shownWords(words))).toEqual(words);
});
