// mailframe.ts — what a frame without scripts can't do itself: say how high it is, and pass on keys.

/** Who sends a page of a kilometre gets a frame that scrolls. */
const HEIGHT_MAX = 12_000;
/** What a scroll bar at the lower edge takes. */
const SCROLL_BAR = 16;

/** The height of all that the frame shows; 0 when nobody may look into it. */
export function heightOf(frame: HTMLIFrameElement): number {
  const page = frame.contentDocument?.documentElement;
  if (!page) return 0;
  // A page is at least as high as its frame: measured without one, it can shrink again, and what a
  // mail says in parts of the frame's height doesn't make it grow for ever.
  frame.style.height = '0';
  const height = page.scrollHeight + (page.scrollWidth > page.clientWidth ? SCROLL_BAR : 0);
  frame.style.height = '';
  return Math.min(height, HEIGHT_MAX);
}

/** Lets something grow; who reads the end of what scrolls stays there. */
export function withinView(inside: HTMLElement, grow: () => void) {
  const view = inside.closest<HTMLElement>('.scroll');
  const isAtEnd = view && view.scrollHeight - view.scrollTop - view.clientHeight < 40;
  grow();
  if (isAtEnd) view.scrollTop = view.scrollHeight;
}

/** A key pressed in the frame is one pressed in the desk: J still goes to the next case. */
export function passKeys(frame: HTMLIFrameElement) {
  frame.contentDocument?.addEventListener('keydown', (event) => {
    const { key, code, ctrlKey, altKey, shiftKey, metaKey } = event;
    const same = { key, code, ctrlKey, altKey, shiftKey, metaKey, bubbles: true, cancelable: true };
    if (!frame.dispatchEvent(new KeyboardEvent('keydown', same))) event.preventDefault();
  });
}
