// merging.js — two cases become one and come apart again; a message becomes a case of its own; the
// desk asks whether a new case is part of another one.
const WHO = ['Mirjam Samen', 'Gerrit Samen', 'Paula Vaag'];

/** Needs what run.js tests with; `page` and `gestand` are known only once it runs. */
export function testMerging({ test, check, holds, page, gestand }) {
  const rows = () => page().getByRole('region', { name: 'Lijst van zaken' }).getByRole('link');
  const row = (name) => rows().filter({ hasText: name });
  const title = (text) => page().getByRole('heading', { name: text, level: 1 });
  const timeline = () => page().locator('#case');
  const undo = () => timeline().getByRole('button', { name: 'Draai terug' }).last();
  const addressOf = (name) => `${name.toLowerCase().replace(/\W+/g, '.')}@voorbeeld.test`;

  function arrive(name, text, id = text) {
    return gestand().receive({
      from: name,
      address: addressOf(name),
      subject: `Over ${name}`,
      text,
      minutesAgo: 800,
      id,
    });
  }
  function mail(name, subject, text) {
    gestand().deliver({ from: name, address: addressOf(name), subject, text, minutesAgo: 700 });
  }

  /** The list shows only as many rows as there is room for. */
  async function caseOf(word) {
    for (;;) {
      const [one] = (await gestand().api('GET', `/cases?q=${word}`)).items;
      if (one) return one;
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  async function mergeByKeys(look = async () => {}) {
    await row(WHO[0]).click();
    await title(`Over ${WHO[0]}`).waitFor();
    await page().keyboard.press('m');
    const dialog = page().getByRole('dialog', { name: /^Voeg .* samen met/ });
    await dialog.getByText('Geen andere zaken').waitFor();
    await page().keyboard.type('Gerrit');
    await dialog.getByRole('button', { name: /Over Gerrit Samen/ }).waitFor();
    await look();
    await page().keyboard.press('ArrowDown');
    await page().keyboard.press('Enter');
    await title(`Over ${WHO[1]}`).waitFor();
    await timeline().getByText('De dakgoot hangt los').last().waitFor();
    await row(WHO[0]).waitFor({ state: 'detached' });
  }
  async function isApart() {
    await row(WHO[0]).waitFor();
    await timeline().getByText('De dakgoot hangt los').waitFor({ state: 'detached' });
  }

  test('M makes a case part of another one that is sought, Z takes them apart', async () => {
    await arrive(WHO[0], 'De dakgoot hangt los boven de stoep.');
    await arrive(WHO[1], 'De goot boven de deur is afgebroken.');
    await page().goto(`${gestand().url}/desk/active`);
    await mergeByKeys(() => holds('merge'));
    // At once: the key undoes what a message still tells of.
    await page().keyboard.press('z');
    await isApart();
  });

  test('a case that was made part of another one comes apart in its history', async () => {
    await mergeByKeys();
    await holds('merged');
    await undo().click();
    await isApart();
  });

  test('a message becomes a case of its own, and comes back from the history', async () => {
    await arrive(WHO[0], 'En de lift staat ook al stil.', 'lift');
    await row(WHO[0]).click();
    await title(`Over ${WHO[0]}`).waitFor();
    const message = timeline().getByRole('article').filter({ hasText: 'de lift staat' });
    await message.getByRole('button', { name: 'Meer met dit bericht' }).click();
    await page().getByRole('menuitem', { name: 'Maak hier een eigen zaak van' }).click();
    await timeline().getByText('splitste af').waitFor();
    await message.waitFor({ state: 'detached' });
    await undo().click();
    await message.waitFor();
    await timeline().getByText('zette berichten terug').waitFor();
  });

  test('a vague question is asked about, refused by one key and accepted by another', async () => {
    await arrive(WHO[2], 'De kraan in de badkamer lekt.');
    mail(WHO[2], 'Huurtoeslag', 'Hoe vraag ik huurtoeslag aan voor mijn moeder?');
    await caseOf('huurtoeslag');
    mail(WHO[2], 'Vraagje', 'Hebben jullie al nieuws?');
    const { reference } = await caseOf('vraagje');
    await page().goto(`${gestand().url}/desk/active/${reference}`);
    await title('Vraagje').waitFor();
    const bar = timeline().getByText('Hoort dit bij');
    await bar.waitFor();
    await holds('proposal');
    // It stands free: the edge of the composer cuts nothing off.
    const ask = await timeline().locator('.notice', { hasText: 'Hoort dit bij' }).boundingBox();
    const composer = await page().getByRole('region', { name: 'Antwoord' }).boundingBox();
    const room = composer.y - ask.y - ask.height;
    check(room >= 4 && room <= 12, `${room} px between the proposal and the composer`);
    await page().keyboard.press('Shift+Y');
    await page().getByText('Hoort niet bij').waitFor();
    await page().keyboard.press('z');
    await timeline().getByText('en nog 1 andere').waitFor();
    await page().keyboard.press('y');
    await title(`Over ${WHO[2]}`).waitFor();
    await timeline().getByText('voegde').waitFor();
  });
}
