import { Api } from '@gestand/sdk';
import { expect, test, vi } from 'vitest';
import type { TimelineItem } from '../cases/casefile.svelte';
import { addressesOf, copiedOf, isAddress } from './addresses';
import { EMPTY, isEmpty, joined, settled, type Content } from './content';
import { filled, matching, wordAt } from './proposals';
import { signed, unsigned } from './signature';
import { StoredDrafts } from './stored';

const says = (text: string, more: Partial<Content> = {}): Content => ({ ...EMPTY, text, ...more });

test('what only one window changed is taken from that window', () => {
  expect(settled(says('a'), says('a'), says('b')).text).toBe('b');
  expect(settled(says('a'), says('b'), says('a')).text).toBe('b');
  expect(settled(says('a'), says('b'), says('b')).text).toBe('b');
});

test('what two windows wrote is both there, each once', () => {
  expect(settled(says(''), says('hier'), says('daar')).text).toBe('hier\n\ndaar');
  expect(settled(says('a'), says('a en b'), says('a en b en c')).text).toBe('a en b en c');
  const file = { id: 'fil_1', name: 'a.txt', size: 1 };
  const both = joined(says('', { files: [file], cc: ['a@b.test'] }), says('', { files: [file] }));
  expect(both.files).toEqual([file]);
  expect(both.cc).toEqual(['a@b.test']);
});

test('a draft with only a file in it is not empty, one with only a status is', () => {
  expect(isEmpty(says('', { files: [{ id: 'fil_1', name: 'a', size: 1 }] }))).toBe(false);
  expect(isEmpty(says('', { status: 'done' }))).toBe(true);
});

test('a sign means something only where a word begins', () => {
  expect(wordAt('dag /mon', 8)).toEqual({ sign: '/', from: 4, typed: 'mon' });
  expect(wordAt('@jo', 3)).toEqual({ sign: '@', from: 0, typed: 'jo' });
  for (const text of ['en/of', 'mail@huis', 'dag', '/ maandag', '1/2']) {
    expect(wordAt(text, text.length)).toBeNull();
  }
});

test('{{ means something wherever it stands, until it is closed', () => {
  expect(wordAt('Dag {{na', 8)).toEqual({ sign: '{{', from: 4, typed: 'na' });
  expect(wordAt('Zaak:{{', 7)).toEqual({ sign: '{{', from: 5, typed: '' });
  for (const text of ['{{naam}}', '{', '{{de naam']) expect(wordAt(text, text.length)).toBeNull();
});

test('names that begin with the typed letters come first, accents or not', () => {
  const all = ['Anja Smit', 'Bas Ångström', 'Smitje'].map((name) => ({
    id: name,
    name,
    meta: '',
    text: name,
  }));
  expect(matching(all, 'smi').map(({ name }) => name)).toEqual(['Smitje', 'Anja Smit']);
  expect(matching(all, 'ang').map(({ name }) => name)).toEqual(['Bas Ångström']);
});

test('what a macro leaves open is filled in, and what nobody knows stays to be seen', () => {
  const text = filled('Dag {{customer}}, {{ reference }} {{iets}} {{agent}}', {
    customer: 'Jan',
    reference: 'WS-1',
    agent: '',
  });
  expect(text).toBe('Dag Jan, WS-1 {{iets}} {{agent}}');
});

test('a signature that went out under a text is taken off it again', () => {
  expect(signed('Dag. \n', 'Noor')).toBe('Dag.\n\nNoor');
  expect(unsigned('Dag.\n\nNoor', 'Noor')).toBe('Dag.');
  expect(unsigned('Dag.\n\nNoor', '')).toBe('Dag.\n\nNoor');
});

test('addresses stand between commas, semicolons and blanks', () => {
  expect(addressesOf(' a@b.test, c@d.test;e')).toEqual(['a@b.test', 'c@d.test', 'e']);
  expect(['a@b.test', 'e', 'a@', '@b', 'a b@c.test', 'a@@b'].map(isAddress)).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test('the drafts of a case are one question, and who asks later hears what came meanwhile', async () => {
  const api = new Api();
  const ask = vi.spyOn(api, 'getCasesByIdDrafts');
  ask.mockImplementation(() => Promise.resolve({ items: [], next: null }));
  const stored = new StoredDrafts(api);
  await Promise.all([stored.of('one'), stored.of('one'), stored.of('two')]);
  expect(ask).toHaveBeenCalledTimes(2);
  await new Promise((done) => setTimeout(done));
  await stored.of('one');
  expect(ask).toHaveBeenCalledTimes(3);
});

test('whom the customer wrote to, too, is known, but for us and for himself', () => {
  const party = (address: string) => ({ name: '', address });
  const mail = {
    direction: 'in',
    parties: {
      from: [party('jan@x.test')],
      to: [party('Service@bedrijf.test'), party('piet@y.test')],
      cc: [party('PIET@y.test'), party('jan@x.test'), party('kees@z.test'), party('undisclosed')],
    },
  } as unknown as TimelineItem;
  const answer = { direction: 'out' } as unknown as TimelineItem;
  expect(copiedOf([mail, answer], ['service@bedrijf.test'])).toEqual([
    'piet@y.test',
    'kees@z.test',
  ]);
  expect(copiedOf([], [])).toEqual([]);
});
