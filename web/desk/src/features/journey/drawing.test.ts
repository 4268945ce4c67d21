import type { Journey } from '@gestand/sdk';
import { expect, test } from 'vitest';
import { drawingOf, LANE, LEFT, TOP } from './drawing';

const step = { user_id: null, is_auto: false, is_lost: false, text: '…' };
const journey: Journey = {
  at: '2026-03-02T08:00:00Z',
  until: '2026-03-04T08:00:00Z',
  contacts_n: 2,
  switches_n: 1,
  forced_switches_n: 1,
  moves_n: 0,
  repeats_n: 1,
  handovers_n: 0,
  dead_ends_n: 0,
  waiting_minutes: 1440,
  waiting_open_minutes: 480,
  first_contact: 'no',
  is_partial: false,
  lanes: [
    { channel_id: 'chn_1', name: 'Mail', type: 'email' },
    { channel_id: 'chn_2', name: 'Chat', type: 'chat' },
  ],
  steps: [
    {
      ...step,
      message_id: 'msg_1',
      at: '2026-03-02T08:00:00Z',
      channel_id: 'chn_1',
      direction: 'in',
      contact: 0,
    },
    {
      ...step,
      message_id: 'msg_2',
      at: '2026-03-02T08:01:00Z',
      channel_id: 'chn_1',
      direction: 'in',
      contact: 0,
    },
    {
      ...step,
      message_id: 'msg_3',
      at: '2026-03-02T08:02:00Z',
      channel_id: 'chn_1',
      direction: 'out',
      contact: 0,
      is_auto: true,
    },
    {
      ...step,
      message_id: 'msg_4',
      at: '2026-03-03T08:00:00Z',
      channel_id: 'chn_2',
      direction: 'in',
      contact: 1,
    },
    {
      ...step,
      message_id: 'msg_5',
      at: '2026-03-04T08:00:00Z',
      channel_id: 'chn_2',
      direction: 'out',
      contact: 1,
    },
  ],
  contacts: [
    {
      message_id: 'msg_1',
      channel_id: 'chn_1',
      at: '2026-03-02T08:00:00Z',
      until: '2026-03-02T08:01:00Z',
      messages_n: 2,
      is_repeat: false,
      is_dead_end: false,
      answered_at: null,
    },
    {
      message_id: 'msg_4',
      channel_id: 'chn_2',
      at: '2026-03-03T08:00:00Z',
      until: '2026-03-03T08:00:00Z',
      messages_n: 1,
      is_repeat: true,
      is_dead_end: false,
      answered_at: '2026-03-04T08:00:00Z',
    },
  ],
  waits: [
    {
      message_id: 'msg_1',
      channel_id: 'chn_1',
      at: '2026-03-02T08:00:00Z',
      until: '2026-03-04T08:00:00Z',
      minutes: 2880,
      open_minutes: 960,
      is_over: true,
    },
  ],
  switches: [
    {
      message_id: 'msg_4',
      at: '2026-03-03T08:00:00Z',
      from_id: 'chn_1',
      to_id: 'chn_2',
      kind: 'forced',
      reason: 'no_answer',
      referral_id: null,
      case_id: null,
    },
  ],
  moves: [],
  handovers: [],
  referrals: [],
  returns: [],
  records: [],
  closings: [{ at: '2026-03-02T16:00:00Z', until: '2026-03-03T08:00:00Z' }],
  usual_n: 0,
  usual_contacts_n: 0,
  usual_forced_switches_n: 0,
  usual_repeats_n: 0,
  usual_handovers_n: 0,
  usual_dead_ends_n: 0,
  usual_waiting_minutes: 0,
};
const inAmsterdam = (at: Date) => (((at.getTime() / 3_600_000 + 1) % 24) + 24) % 24;

test('time runs to scale from the first word to the end', () => {
  const { dots, waits, now } = drawingOf(journey, 1000, inAmsterdam);
  const [first, middle, last] = dots;
  expect(dots).toHaveLength(3);
  expect(middle!.x - first!.x).toBeCloseTo(last!.x - middle!.x);
  expect(first!.x).toBeGreaterThan(LEFT);
  expect(last!.x).toBeCloseTo(now);
  expect(waits[0]).toMatchObject({ from: first!.x, to: last!.x, y: TOP });
});

test('each channel is a lane, and a switch goes from one to the other', () => {
  const { lanes, switches, height } = drawingOf(journey, 1000, inAmsterdam);
  expect(lanes.map(({ y }) => y)).toEqual([TOP, TOP + LANE]);
  expect(switches[0]).toMatchObject({ from: TOP, to: TOP + LANE, kind: 'forced', n: 1 });
  expect(height).toBe(TOP + 2 * LANE);
});

test('a switch into another case has no lane here', () => {
  const away = { ...journey.switches[0]!, case_id: 'cas_2', to_id: 'chn_9' };
  const both = { ...journey, switches: [...journey.switches, away] };
  expect(drawingOf(both, 1000, inAmsterdam).switches).toHaveLength(1);
});

test('a day begins at midnight there', () => {
  const { days } = drawingOf(journey, 1000, inAmsterdam);
  expect(days.map(({ at }) => at.toISOString())).toEqual([
    '2026-03-02T23:00:00.000Z',
    '2026-03-03T23:00:00.000Z',
  ]);
});

test('a contact has one dot, and what tells it again says so', () => {
  const { dots } = drawingOf(journey, 1000, inAmsterdam);
  expect(dots.map(({ isOurs, isRepeat }) => [isOurs, isRepeat])).toEqual([
    [false, false],
    [false, true],
    [true, false],
  ]);
});

test('closed hours are as wide as they were long', () => {
  const { closings, waits } = drawingOf(journey, 1000, inAmsterdam);
  const [closed] = closings;
  const [wait] = waits;
  expect((closed!.to - closed!.from) / (wait!.to - wait!.from)).toBeCloseTo(16 / 48);
});

test('a record stands behind the scenes, from each status to its next', () => {
  const record = { type: 'Reparatie', title: 'Kraan' };
  const records = [
    { ...record, at: '2026-03-02T20:00:00Z', status: 'Gepland' },
    { type: 'Factuur', title: 'Maart', at: '2026-03-03T00:00:00Z', status: 'Open' },
    { ...record, at: '2026-03-03T08:00:00Z', status: 'Klaar' },
  ];
  const { behind, bars, height, now, dots } = drawingOf({ ...journey, records }, 1000, inAmsterdam);
  expect(behind.map(({ title }) => title)).toEqual(['Kraan', 'Maart']);
  expect(bars.map(({ status, y }) => [status, y === behind[0]!.y])).toEqual([
    ['Gepland', true],
    ['Open', false],
    ['Klaar', true],
  ]);
  expect(bars[0]!.to).toBe(bars[2]!.from);
  expect(bars[2]!.to).toBe(now);
  expect(Math.max(...dots.map(({ y }) => y))).toBeLessThan(behind[0]!.y);
  expect(height).toBeGreaterThan(behind[1]!.y);
});

test('a journey of one message still has a width', () => {
  const short = {
    ...journey,
    until: journey.at,
    waits: [],
    switches: [],
    steps: journey.steps.slice(0, 1),
  };
  const { dots, days } = drawingOf(short, 1000, inAmsterdam);
  expect(Number.isFinite(dots[0]!.x)).toBe(true);
  expect(days.length).toBeLessThan(3);
});
