// caret.ts — where in the window a letter of a text area stands.
const COPIED = [
  'font',
  'letter-spacing',
  'line-height',
  'padding',
  'border-width',
  'text-indent',
  'tab-size',
];

/** The line that the letter `at` stands on: a twin of the text area is measured. */
export function caretOf(area: HTMLTextAreaElement, at: number) {
  const twin = document.createElement('div');
  const style = getComputedStyle(area);
  for (const name of COPIED) twin.style.setProperty(name, style.getPropertyValue(name));
  const set = {
    position: 'fixed',
    visibility: 'hidden',
    'white-space': 'pre-wrap',
    'overflow-wrap': 'break-word',
    'box-sizing': 'border-box',
    width: `${area.clientWidth}px`,
  };
  for (const [name, value] of Object.entries(set)) twin.style.setProperty(name, value);
  const place = area.getBoundingClientRect();
  twin.style.setProperty('left', `${place.left}px`);
  twin.style.setProperty('top', `${place.top - area.scrollTop}px`);
  const letter = document.createElement('span');
  letter.textContent = area.value.slice(at, at + 1) || '.';
  twin.append(area.value.slice(0, at), letter);
  document.body.append(twin);
  const { left, top, bottom } = letter.getBoundingClientRect();
  twin.remove();
  return { left, top, bottom };
}
