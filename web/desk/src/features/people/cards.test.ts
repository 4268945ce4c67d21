import { expect, test } from 'vitest';
import { CARDS, isTwice, isVisitor, moved, orderOf } from './cards';

test('cards stand in the order that was kept, and new ones behind them', () => {
  expect(orderOf('addresses,mood')).toEqual([
    'addresses',
    'mood',
    'promises',
    'tasks',
    'effort',
    'about',
    'records',
    'others',
  ]);
  expect(orderOf('')).toEqual([...CARDS]);
});

test('a card that another version of the desk knew is left out', () => {
  expect(orderOf('weather,addresses,addresses')).toEqual([
    'addresses',
    'promises',
    'tasks',
    'mood',
    'effort',
    'about',
    'records',
    'others',
  ]);
});

test('a card moves by one, and no further than the ends', () => {
  const order = orderOf('');
  expect(moved(order, 'about', 0)).toBe(
    'about,promises,tasks,mood,effort,records,others,addresses',
  );
  expect(moved(order, 'mood', 3)).toBe('promises,tasks,effort,mood,about,records,others,addresses');
  expect(moved(order, 'promises', -1)).toBe(order.join(','));
  expect(moved(order, 'mood', 9)).toBe('promises,tasks,effort,about,records,others,addresses,mood');
});

test('a visitor of the chat is known by no id of ours', () => {
  expect(isVisitor({ kind: 'external', value: 'vis_0sczkhe9tkym5' })).toBe(true);
  expect(isVisitor({ kind: 'external', value: 'K004788' })).toBe(false);
});

test('who is known elsewhere by his mail address has two that are written alike', () => {
  const written = (id: string, value: string) => ({ id, value, label: value });
  const all = [written('a', 'Jan@x.test'), written('b', 'jan@x.test'), written('c', 'j@x.test')];
  expect(all.map((one) => isTwice(one, all))).toEqual([true, true, false]);
});
