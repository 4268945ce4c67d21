// pages.ts — what has the desk to itself, beside day line and menu; loaded when it's first asked for.
import type { Component } from 'svelte';

export const PAGES = {
  new: () => import('../features/begin/BeginPage.svelte'),
  search: () => import('../features/search/SearchPage.svelte'),
  settings: () => import('../features/settings/Settings.svelte'),
  start: () => import('../features/start/StartPage.svelte'),
  journey: () => import('../features/journey/JourneyPage.svelte'),
  duplicates: () => import('../features/people/DuplicatesPage.svelte'),
  promises: () => import('../features/promises/PromisesPage.svelte'),
  tasks: () => import('../features/tasks/TasksPage.svelte'),
  customers: () => import('../features/people/CustomersPage.svelte'),
  people: () => import('../features/people/PersonPage.svelte'),
} satisfies Record<string, () => Promise<{ default: Component }>>;
export type Page = keyof typeof PAGES;

/** The page of an address /desk/PAGE; null: it's a list of cases. */
export function pageOf(view: string): Page | null {
  return Object.hasOwn(PAGES, view) ? (view as Page) : null;
}
