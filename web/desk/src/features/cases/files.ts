// files.ts — what of a message's files can be seen at once, and what a browser can show.
import type { File } from '@gestand/sdk';
import { texts } from '../../app/text.svelte';

/** A larger one is loaded when somebody opens it. */
const PICTURE_MAX = 10_000_000;
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);
/** The types that the server lets a browser show. */
const SHOWN = new Set([
  ...PICTURES,
  'application/pdf',
  'text/plain',
  'audio/mpeg',
  'audio/ogg',
  'video/mp4',
]);

export function isShown({ type }: File): boolean {
  return SHOWN.has(type);
}

/** Not what the layout of its mail names: mostly the logo of a signature. A photo from a telephone is
 * often said to be inline, too, and nothing names it. */
export function isPicture({ type, size, content_id: named }: File): boolean {
  return PICTURES.has(type) && size <= PICTURE_MAX && !named;
}

/** 3 kB, 1.4 MB: as the language writes it. */
export function sizeOf(bytes: number): string {
  const [unit, value] =
    bytes < 1000
      ? (['byte', bytes] as const)
      : bytes < 1_000_000
        ? (['kilobyte', bytes / 1000] as const)
        : (['megabyte', bytes / 1_000_000] as const);
  const options = { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 } as const;
  return new Intl.NumberFormat(texts.language, options).format(value);
}

/** 45 %: how far something is. */
export function percentOf(done: number, all: number): string {
  return new Intl.NumberFormat(texts.language, { style: 'percent' }).format(
    all > 0 ? done / all : 1,
  );
}
