// drops.svelte.ts — files that are dragged over something and let go there.
export class Drops {
  isOver = $state(false);

  constructor(private take: (files: readonly File[]) => void) {}

  over = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.isOver = true;
  };
  leave = () => {
    this.isOver = false;
  };
  drop = (event: DragEvent) => {
    this.isOver = false;
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.take(files);
  };
}
