import { expect, test } from 'vitest';
import type { Finding } from '../understanding/findings.svelte';
import { bodyOf, contentOf, EMPTY, isEmpty, isSame, statusOf } from './content';
import { isTaken, promisedIn, stillSaid, taking, type Promised } from './promised';

const finding = (words: string, detail: string | null): Finding => ({
  kind: 'promise',
  words,
  what: 'fix',
  detail,
  isFirm: true,
  isGuarded: false,
});
const call: Promised = {
  kind: 'callback',
  words: 'Wij bellen u morgen',
  starts: null,
  due: '2027-01-15T11:00:00.000Z',
  isFirm: true,
  team: null,
};

test('a promise is taken over as it is said, with its moment in any zone', () => {
  const one = promisedIn(finding('Wij lossen het op', '2027-01-15T12:00:00+01:00'));
  expect(one).toMatchObject({ kind: 'repair', due: '2027-01-15T11:00:00.000Z' });
  expect(promisedIn(finding('Wij lossen het op', null))).toBeNull();
});

test('what was taken over is not proposed again, but with another moment it is', () => {
  const said = finding('Wij bellen u morgen.', '2027-01-15T12:00:00+01:00');
  expect(isTaken([call], said)).toBe(true);
  expect(isTaken([call], { ...said, detail: '2027-01-16T12:00:00+01:00' })).toBe(false);
  expect(isTaken([call], { ...said, words: 'Wij komen langs' })).toBe(false);
});

test('the same words promise once, by the moment that was taken over last', () => {
  const later = { ...call, due: '2027-01-16T11:00:00.000Z' };
  expect(taking([call], later)).toEqual([later]);
});

test('words that are gone from the text promise nothing, those of hand go on', () => {
  const hand = { ...call, words: 'Zoals wij aan de telefoon zeiden' };
  const said = 'Dag. Wij bellen u morgen.';
  expect(stillSaid([call, hand], said, `${said} Groet`)).toEqual([call, hand]);
  expect(stillSaid([call, hand], said, 'Dag. Wij bellen u overmorgen.')).toEqual([hand]);
});

test('a draft brings its promises to the server and back', () => {
  const content = { ...EMPTY, text: 'Dag', promises: [{ ...call, team: 'tem_1' }] };
  const body = bodyOf(content);
  expect(body.promises).toEqual([
    {
      kind: 'callback',
      words: 'Wij bellen u morgen',
      due_at: '2027-01-15T11:00:00.000Z',
      is_firm: true,
      team_id: 'tem_1',
    },
  ]);
  const stored = {
    content: {
      ...{ text: 'Dag', subject: null, to: null, cc: [], files: [], personal: [] },
      ...{ conversation_id: null, channel_id: null, identity_id: null },
      promises: [{ ...body.promises?.[0], starts_at: null, owner_id: null }],
      reason: 'unsaid',
      status: 'new',
    },
    attached: [],
  };
  expect(isSame(contentOf(stored as unknown as Parameters<typeof contentOf>[0]), content)).toBe(
    true,
  );
  expect(isSame(content, { ...content, promises: [] })).toBe(false);
  expect(isEmpty({ ...EMPTY, promises: [call] })).toBe(false);
});

test('over a promise a case is not closed', () => {
  expect(statusOf('done', true)).toBe('waiting');
  expect([statusOf('done', false), statusOf('open', true)]).toEqual(['done', 'open']);
});
