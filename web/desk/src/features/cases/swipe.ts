// swipe.ts — a row that a finger pushes aside: to the right, and where there is something, to the left.

/** So far, and it's meant. */
const FAR = 72;
/** Less may be a tap, or the beginning of scrolling. */
const NEAR = 10;

export interface Swipe {
  right: (() => void) | null;
  left: (() => void) | null;
}

export function swipe(element: HTMLElement, ways: Swipe) {
  let now = ways;
  let from: { x: number; y: number } | null = null;
  let by = 0;

  function show(x: number) {
    by = x;
    element.style.setProperty('--swiped', `${x}px`);
    element.classList.toggle('swiped', x !== 0);
    element.classList.toggle('far', Math.abs(x) >= FAR);
  }
  function down(event: PointerEvent) {
    if (event.pointerType !== 'mouse') from = { x: event.clientX, y: event.clientY };
  }
  function move(event: PointerEvent) {
    if (!from) return;
    const x = event.clientX - from.x;
    if (by === 0) {
      if (Math.abs(event.clientY - from.y) > NEAR) return void (from = null);
      if (Math.abs(x) < NEAR) return;
      element.setPointerCapture(event.pointerId);
    }
    show(Math.max(now.left ? -FAR : 0, Math.min(now.right ? FAR : 0, x)));
  }
  function up() {
    const way = by >= FAR ? now.right : by <= -FAR ? now.left : null;
    from = null;
    if (by !== 0) addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener('click', swallow, { capture: true }));
    show(0);
    way?.();
  }
  /** The finger that pushed the row doesn't open it. */
  function swallow(event: MouseEvent) {
    event.preventDefault();
    event.stopPropagation();
  }
  function cancel() {
    from = null;
    show(0);
  }

  element.addEventListener('pointerdown', down);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', cancel);
  return { update: (next: Swipe) => (now = next) };
}
