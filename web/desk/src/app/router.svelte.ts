// router.svelte.ts — the address says what is shown: /desk/VIEW and /desk/VIEW/REFERENCE; the
// settings have /desk/settings/PAGE/ITEM, and search keeps what it seeks behind a question mark.

export interface Place {
  view: string;
  reference: string | null;
  /** What is open on a page of the settings. */
  item?: string;
  /** Behind the question mark. */
  query?: string;
}

export function placeOf(path: string, search = ''): Place {
  const [view, reference, item] = path
    .replace(/^\/desk\/?|^\//, '')
    .split('/')
    .map(decodeURIComponent);
  const query = search.replace(/^\?/, '');
  return {
    view: view || 'ours',
    reference: reference || null,
    ...(item ? { item } : {}),
    ...(query ? { query } : {}),
  };
}

export function addressOf({ view, reference, item, query }: Place): string {
  const words = [view, reference, item].flatMap((word) => (word ? encodeURIComponent(word) : []));
  return `/desk/${words.join('/')}${query ? `?${query}` : ''}`;
}

export class Router {
  place = $state.raw(placeOf(location.pathname, location.search));

  /** Follows the browser's own buttons, and every link of the desk; called once. */
  follow() {
    $effect(() => {
      const moved = () => (this.place = placeOf(location.pathname, location.search));
      const clicked = (event: MouseEvent) => this.#click(event);
      addEventListener('popstate', moved);
      document.addEventListener('click', clicked);
      return () => {
        removeEventListener('popstate', moved);
        document.removeEventListener('click', clicked);
      };
    });
  }

  go(place: Place) {
    const address = addressOf(place);
    const isNew = address !== location.pathname + location.search;
    if (isNew) history.pushState(null, '', address);
    this.place = place;
  }

  /** The same page, otherwise: the browser's Back skips it. */
  replace(place: Place) {
    history.replaceState(null, '', addressOf(place));
    this.place = place;
  }

  /** A plain click on a link of ours; every other one is the browser's. */
  #click(event: MouseEvent) {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0)
      return;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!isPlain || link.target || !link.pathname.startsWith('/desk')) return;
    event.preventDefault();
    this.go(placeOf(link.pathname, link.search));
  }
}
