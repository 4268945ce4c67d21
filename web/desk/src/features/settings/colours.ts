// colours.ts — the colours that a label can have by name, as the design's own.
export const COLOURS = [
  'grey',
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'purple',
  'pink',
] as const;
export type Colour = (typeof COLOURS)[number];

const TOKENS: Record<string, string> = {
  grey: '--ink-3',
  red: '--broken',
  orange: '--risk',
  yellow: '--team',
  green: '--kept',
  teal: '--org',
  blue: '--accent',
  purple: '--moved',
  pink: '--public',
} satisfies Record<Colour, string>;

/** As CSS takes it; what isn't a name of ours was written as #rrggbb by another program. */
export function paintOf(colour: string): string {
  const token = TOKENS[colour];
  return token ? `var(${token})` : colour;
}
