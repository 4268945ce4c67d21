// printing.ts — the whole case on paper: what wasn't read of it yet is read first.
import { flushSync } from 'svelte';
import type { Desk } from '../../app/desk.svelte';

/** So many parts at most: a case of thousands of messages is no letter. */
const PARTS_MAX = 20;

async function readAll({ casefile }: Desk) {
  await casefile.settled();
  const { past } = casefile;
  const one = casefile.now;
  if (!one) return;
  if (past.isApart(one)) past.leave();
  for (let i = 0; i < PARTS_MAX && past.hasOlder(one) && casefile.now?.id === one.id; i++)
    past.addOlder(one, await past.older(one));
}

export async function printCase(desk: Desk, what: 'customer' | 'withTeam') {
  if (!(await desk.attempt(readAll(desk))) || !desk.casefile.now) return;
  flushSync(() => (desk.printing = what));
  window.print();
}
