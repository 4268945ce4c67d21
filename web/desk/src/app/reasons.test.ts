import { expect, test } from 'vitest';

import { Reasons } from './reasons.svelte';

test('what the server says is said in the language of the desk, with what it fills in', async () => {
  const reasons = new Reasons();
  await reasons.use('nl');
  expect(reasons.say('is missing')).toBe('ontbreekt');
  expect(reasons.say('is longer than 60 bytes')).toBe('is langer dan 60 tekens');
  expect(reasons.say('there is a label a.b (c) already')).toBe('Er is al een label a.b (c).');
  expect(reasons.say('mx.test refused: "no (such) user"')).toBe(
    'mx.test weigert: "no (such) user"',
  );
});

test('what it fills in is said as well, where that is known', async () => {
  const reasons = new Reasons();
  await reasons.use('nl');
  const said = reasons.say('it is sent: only what waits or failed can be dropped');
  expect(said).toBe('Het is verstuurd: alleen wat wacht of mislukte is tegen te houden.');
  expect(
    reasons.say("sending mail: mx.test can't be reached at the moment: is port 465 right?"),
  ).toBe('Versturen van mail: mx.test is nu niet te bereiken. Klopt poort 465?');
});

test('what is not known stands as it came, and so does all of it in English', async () => {
  const reasons = new Reasons();
  await reasons.use('nl');
  expect(reasons.say('the moon is missing')).toBe('the moon is missing');
  await reasons.use('en');
  expect(reasons.say('is missing')).toBe('is missing');
});

test('what a mail server said of a mail stands in the language of the desk', async () => {
  const spoken = new Reasons();
  await spoken.use('nl');
  expect(spoken.say('mx.test refused it: "550 5.2.2 mailbox full"')).toBe(
    'mx.test nam het niet aan: "550 5.2.2 mailbox full"',
  );
});
