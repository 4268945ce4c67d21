import { expect, test } from 'vitest';
import { forbiddenOf, ownOf, shownForbidden } from './wording';

test('a line is a word, with a star also a part of longer ones', () => {
  expect(forbiddenOf(' klacht* \r\n\n*probleem\nhelaas pindakaas\n * \n')).toEqual([
    { text: 'klacht', in_compounds: true },
    { text: 'probleem', in_compounds: true },
    { text: 'helaas pindakaas', in_compounds: false },
  ]);
  expect(ownOf('030 234 56 78\n\n loket.example ')).toEqual(['030 234 56 78', 'loket.example']);
});

test('what is shown is read as it was', () => {
  const words = [
    { text: 'klacht', in_compounds: true },
    { text: 'sorry', in_compounds: false },
  ];
  expect(forbiddenOf(shownForbidden(words))).toEqual(words);
});
