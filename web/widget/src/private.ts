// private.ts — the page behind a private link, for a browser with scripts: it hands the conversation
// to the chat, which follows what happens. Without it the page itself can be written in.
const main = document.querySelector('main');
const { token, place, stays } = main?.dataset ?? {};
const go = document.querySelector<HTMLAnchorElement>('#go');
const plain = document.querySelector<HTMLElement>('#plain');

function keep(): boolean {
  try {
    const kept = JSON.parse(localStorage.getItem(place ?? '') ?? '{}') as object;
    localStorage.setItem(place ?? '', JSON.stringify({ ...kept, token }));
    return true;
  } catch {
    // A browser that keeps nothing: one goes on here.
    return false;
  }
}

if (token && place && go && plain && keep()) {
  plain.hidden = true;
  go.hidden = false;
  // Who has a word to write down first goes on by himself.
  if (stays === undefined) location.replace(go.href);
}
