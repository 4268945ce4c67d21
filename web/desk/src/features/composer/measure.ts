// measure.ts — how long a text is, as its channel counts. The same as the server's
// (src/language/style_length.c), so that the counter and the refusal agree.
import type { Way } from '@gestand/sdk';

export type Unit = Way['text_unit'];

/** 3GPP TS 23.038: the basic table, and what takes an escape in front. */
const BASIC = new Set(
  '\n\r !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz' +
    '¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ',
);
const ESCAPED = new Set('\f[\\]^{|}~€');

function septets(letter: string): number {
  return BASIC.has(letter) ? 1 : ESCAPED.has(letter) ? 2 : 0;
}

/** What takes two units isn't parted over two of them. */
export function segmentsOf(text: string): number {
  const letters = [...text];
  const isGsm = letters.every((letter) => septets(letter) > 0);
  const [one, part] = isGsm ? [160, 153] : [70, 67];
  const units = letters.map((letter) => (isGsm ? septets(letter) : letter.length));
  if (units.reduce((sum, n) => sum + n, 0) <= one) return letters.length > 0 ? 1 : 0;
  let segments = 1;
  let used = 0;
  for (const n of units) {
    if (used + n > part) {
      segments++;
      used = 0;
    }
    used += n;
  }
  return segments;
}

/** Some browsers can't tell what a reader sees as one. */
const graphemes =
  'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : null;

export function lengthIn(unit: Unit, text: string): number {
  if (unit === 'segments') return segmentsOf(text);
  if (unit === 'graphemes' && graphemes) return [...graphemes.segment(text)].length;
  return [...text].length;
}
