// nextpane.ts — F6: from a part of the desk to the one behind it.
const PANES = 'nav.side, section.list, #case, .panes > aside';
const FOCUSABLE = 'a[href], button, input, select, textarea, [tabindex="0"]';

/** Shift goes the other way; at the end it begins again. */
export function nextPane(keys: string) {
  const panes = [...document.querySelectorAll<HTMLElement>(PANES)].filter(
    (pane) => pane.offsetParent !== null,
  );
  const by = keys.startsWith('Shift') ? -1 : 1;
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[at < 0 ? 0 : (at + by + panes.length) % panes.length];
  const all = [...(next?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])];
  (all.find((one) => one.offsetParent !== null) ?? next)?.focus();
}
