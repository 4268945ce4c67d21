// intents.ts — what a customer's message is: the words that the server knows.
import type { Judgement } from '@gestand/sdk';

export type Intent = Judgement['intent'];
export const INTENTS: readonly Intent[] = [
  'complaint',
  'question',
  'request',
  'status',
  'report',
  'thanks',
  'compliment',
  'chitchat',
];
