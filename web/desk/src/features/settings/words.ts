// words.ts — fields and statuses of a type of record, a line each: its name, and what people read.
export interface Word {
  name: string;
  label: string;
}

export function shownWords(words: readonly Word[]): string {
  return words.map(({ name, label }) => (name === label ? name : `${name} = ${label}`)).join('\n');
}

/** Without a label people read the name. */
export function wordsIn(text: string): Word[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [name = '', ...label] = line.split('=');
      return { name: name.trim(), label: label.join('=').trim() || name.trim() };
    });
}
