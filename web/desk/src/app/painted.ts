// painted.ts — what isn't needed to read the case that was just opened waits until it's there.

/** Once what is drawn now was painted; not at all when the returned function is called before. */
export function whenPainted(run: () => void): () => void {
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => (timer = setTimeout(() => isOver || run()));
  // A tab that nobody sees draws no frames.
  const frame = document.hidden ? (wait(), 0) : requestAnimationFrame(wait);
  return () => {
    isOver = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
