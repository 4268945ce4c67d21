// composer.js — answers and notes: kept, sent, taken back, whatever the network and the tab do.
import { MAILS } from './mails.js';

/** Needs what run.js tests with; it begins in the case of Marieke de Graaf. */
export function testComposer({ test, check, becomes, holds, gestand, mail, page, rows }) {
  const area = () => page().locator('#case textarea');
  const answer = () => page().getByRole('textbox', { name: 'Bericht aan Marieke de Graaf' });
  const note = () => page().getByRole('textbox', { name: 'Bericht voor het team' });
  const kept = () => page().getByText('bewaard', { exact: true }).waitFor();
  const isMailed = (words) => mail.mails.some((one) => one.includes(words));

  async function write(words) {
    await area().fill(words);
    await kept();
  }

  test('a lost network is told, loses nothing, and what came meanwhile appears after it', async () => {
    await answer().fill('Dit schrijf ik zonder verbinding.');
    await page().context().setOffline(true);
    await page().getByText('Geen verbinding. Alles').waitFor();
    await answer().press('Control+Enter');
    await page().getByText('Gaat weg zodra er verbinding is.').waitFor();
    await answer().fill('En dit schrijf ik daarna.');
    await page().getByText('hier bewaard').waitFor();
    await holds('composer-offline');
    gestand.deliver({
      ...MAILS[0],
      from: 'Bea Prins',
      address: 'bea@prins.test',
      subject: 'Sloten',
    });
    await page().context().setOffline(false);
    await rows().filter({ hasText: 'Bea Prins' }).waitFor();
    await page().getByText('Geen verbinding. Alles').waitFor({ state: 'detached' });
    await becomes(() => isMailed('zonder verbinding'), 'the answer did not go out');
    check((await answer().inputValue()) === 'En dit schrijf ik daarna.', 'the next words are lost');
    await kept();
    check(!isMailed('daarna'), 'more went out than was sent');
    await answer().fill('');
  });

  test('what is sent can be taken back for five seconds, and Z brings the words back', async () => {
    await write('Toch liever niet.');
    await answer().press('Control+Enter');
    await page().getByText('Gaat over 5 tellen weg.').waitFor();
    check((await answer().inputValue()) === '', 'the words are still there');
    await page().getByText('Toch liever niet.').first().waitFor();
    await answer().press('Escape');
    await page().keyboard.press('z');
    await page().waitForFunction(
      () => globalThis.document.querySelector('#case textarea').value === 'Toch liever niet.',
    );
    await kept();
    check(!isMailed('Toch liever niet'), 'it went all the same');
  });

  test('a reload in these seconds shows that it goes, with the way back', async () => {
    await write('Bijna weg.');
    await answer().press('Control+Enter');
    await page().getByText('Gaat over 5 tellen weg.').waitFor();
    await page().reload();
    await page().getByText('Gaat over 5 tellen weg.').waitFor();
    check((await answer().inputValue()) === '', 'it stands in the draft again');
    await page().getByRole('button', { name: 'Draai terug' }).click();
    await page().waitForFunction(
      () => globalThis.document.querySelector('#case textarea').value === 'Bijna weg.',
    );
  });

  test('what was sent from a tab that is closed at once goes all the same', async () => {
    const other = await page().context().newPage();
    await other.goto(page().url());
    const words = other.locator('#case textarea');
    await words.waitFor();
    await words.fill('Uit een dicht tabblad.');
    await words.press('Control+Enter');
    // Until the words are looked at for personal data nothing was sent.
    await other.waitForFunction(
      () => globalThis.document.querySelector('#case textarea').value === '',
    );
    await other.close();
    await becomes(() => isMailed('Uit een dicht tabblad.'), 'it was lost with the tab');
    await page().waitForFunction(
      () => globalThis.document.querySelector('#case textarea').value === '',
    );
  });

  test('what another window writes appears here, and nothing that both write is lost', async () => {
    const other = await page().context().newPage();
    await other.goto(page().url());
    const words = other.locator('#case textarea');
    await words.waitFor();
    await words.fill('In het ene venster.');
    await other.getByText('bewaard', { exact: true }).waitFor();
    await page().waitForFunction(
      () => globalThis.document.querySelector('#case textarea').value === 'In het ene venster.',
    );
    await page().route('**/drafts/**', (route) => route.abort('internetdisconnected'));
    await answer().fill('Hier anders.');
    await words.fill('Daar weer anders.');
    await other.getByText('bewaard', { exact: true }).waitFor();
    await page().unroute('**/drafts/**');
    await page().getByText('Hierin staat ook wat u in een ander venster schreef.').waitFor();
    const all = await answer().inputValue();
    check(all.includes('Hier anders.') && all.includes('Daar weer anders.'), all);
    await page().getByRole('button', { name: 'Gezien' }).click();
    await other.close();
    await write('Weer van mij.');
  });

  test('a note that fails while one writes to the customer stays a note', async () => {
    await page().route('**/note/sending', (route) => route.abort('internetdisconnected'));
    await area().press('Alt+t');
    await note().fill('Alleen voor ons');
    await note().press('Control+Enter');
    await area().press('Alt+1');
    check((await answer().inputValue()) === '', 'the note is in the answer');
    await answer().fill('Goedemiddag');
    await page().unroute('**/note/sending');
    await page().getByText('Staat over 5 tellen bij het team.').waitFor();
    await page().getByText('Geplaatst voor het team.').waitFor();
    check(!isMailed('Alleen voor ons'), 'the note went to the customer');
    check((await answer().inputValue()) === 'Goedemiddag', 'the answer is lost');
  });

  test('Ctrl Shift Enter asks what the case becomes, and that is the usual way from then on', async () => {
    await write('Is het nu opgelost?');
    await answer().press('Control+Shift+Enter');
    await page().getByRole('menuitem', { name: 'Verstuur, blijft open' }).waitFor();
    await page().keyboard.press('ArrowDown');
    await page().keyboard.press('Enter');
    await becomes(() => isMailed('Is het nu opgelost?'), 'it did not go out');
    await page().getByRole('button', { name: 'Verstuur, blijft open' }).waitFor();
    await page().reload();
    await page().getByRole('button', { name: 'Verstuur, blijft open' }).waitFor();
  });

  test('without a macro / says so, and leads to where one is made', async () => {
    await page().reload();
    await answer().click();
    await page().keyboard.type('Goed. /');
    const told = page().getByText("Er zijn nog geen macro's.");
    await told.waitFor();
    await holds('macros-none');
    await page().keyboard.press('Escape');
    await told.waitFor({ state: 'detached' });
    check((await answer().inputValue()) === 'Goed. /', 'Esc took the words');
    await page().keyboard.press('Backspace');
    await page().keyboard.type('/');
    await told.waitFor();
    await page().keyboard.press('Tab');
    await page().keyboard.press('Enter');
    await page().getByRole('form', { name: 'Nieuwe macro' }).waitFor();
    await page().goBack();
    await answer().fill('');
  });

  test('a macro comes by / and its words are filled in; Esc leaves what was typed', async () => {
    const macro = {
      name: 'Monteur onderweg',
      text: 'Dag {{customer}}, zaak {{reference}}: hij komt.',
    };
    const made = await gestand.api('POST', '/macros', { ...macro, is_shared: true });
    await page().reload();
    await answer().click();
    await page().keyboard.type('Goed. /mon');
    const list = page().getByRole('listbox', { name: "Macro's" });
    await list.getByRole('option', { name: 'Monteur onderweg', selected: true }).waitFor();
    await holds('macros');
    await page().keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    check((await answer().inputValue()) === 'Goed. /mon', 'Esc took the words');
    await page().keyboard.press('Backspace');
    await page().keyboard.press('Backspace');
    await page().keyboard.press('Backspace');
    await page().keyboard.press('Backspace');
    await page().keyboard.type('/monteur');
    await list.waitFor();
    await page().keyboard.press('Enter');
    const said = await answer().inputValue();
    await answer().fill('Beste');
    await page().keyboard.press('Control+k');
    await page().keyboard.type('macro monteur');
    await page()
      .getByRole('option', { name: /^Macro Monteur onderweg/, selected: true })
      .waitFor();
    await page().keyboard.press('Enter');
    await becomes(
      async () => /^Beste Dag Marieke de Graaf, zaak/.test(await answer().inputValue()),
      'the palette put no macro in',
    );
    await gestand.api('DELETE', `/macros/${made.id}`);
    check(/^Goed. Dag Marieke de Graaf, zaak \S+: hij komt.$/.test(said), said);
    await answer().fill('');
  });

  test('colleagues come by @ in a note, and only there', async () => {
    await answer().fill('@jo');
    check((await page().getByRole('listbox').count()) === 0, 'a customer is told names');
    await answer().fill('');
    await area().press('Alt+t');
    await page().keyboard.type('Vraag @jo');
    const people = page().getByRole('listbox', { name: "Collega's en teams" });
    await people.getByRole('option', { name: 'Joost Brouwer' }).waitFor();
    await page().keyboard.press('Enter');
    check((await note().inputValue()) === 'Vraag @Joost Brouwer ', await note().inputValue());
    await note().fill('');
    await area().press('Alt+1');
  });

  test('a file is attached, survives a reload, and arrives with Cc and signature', async () => {
    const back = page().url();
    await page().goto(new URL('/desk/settings/profile', back).href);
    await page().getByLabel('Onder uw antwoorden').fill('Groet, Noor');
    await page().getByRole('form', { name: 'Ondertekening' }).getByText('Bewaar').click();
    await page().getByText('Bewaard.', { exact: true }).waitFor();
    await page().goto(back);
    await answer().fill('Hier is de tekening.');
    await page().getByLabel('Cc').fill('huisbaas@voorbeeld.test, geen-adres');
    await page().getByLabel('Cc').blur();
    await page().getByText('geen-adres is geen mailadres').waitFor();
    await page().getByLabel('Cc').fill('huisbaas@voorbeeld.test');
    await page()
      .locator('input[type=file]')
      .setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('tekening') });
    await page().getByRole('button', { name: 'Haal plan.txt weg' }).waitFor();
    await kept();
    await holds('attachments');
    await page().reload();
    await page().getByRole('button', { name: 'Haal plan.txt weg' }).waitFor();
    check((await page().getByLabel('Cc').inputValue()) === 'huisbaas@voorbeeld.test', 'Cc is lost');
    await answer().press('Control+Enter');
    await becomes(() => isMailed('Hier is de tekening.'), 'no mail arrived');
    const at = mail.mails.findIndex((one) => one.includes('Hier is de tekening.'));
    const to = mail.recipients[at].join(' ');
    check(to === 'm.degraaf@voorbeeld.test huisbaas@voorbeeld.test', to);
    for (const part of ['Groet, Noor', 'plan.txt', 'Cc: huisbaas@voorbeeld.test'])
      check(mail.mails[at].includes(part), `${part} is not in the mail`);
  });

  test('an answer that waits for its file goes, though one has left its case meanwhile', async () => {
    const back = page().url();
    let release;
    const held = new Promise((go) => (release = go));
    await page().route('**/api/v1/files/*', async (route) => {
      if (route.request().method() === 'PATCH') await held;
      await route.continue();
    });
    await answer().fill('De foto komt mee.');
    await page()
      .locator('input[type=file]')
      .setInputFiles({ name: 'foto.txt', mimeType: 'text/plain', buffer: Buffer.from('korrels') });
    await answer().press('Control+Enter');
    await page().getByText('Gaat weg zodra de bijlagen er zijn').waitFor();
    await page().getByRole('link', { name: 'Instellingen' }).click();
    await page().getByRole('heading', { name: 'Profiel', level: 1 }).waitFor();
    release();
    await becomes(() => isMailed('De foto komt mee.'), 'it never went');
    const at = mail.mails.findIndex((one) => one.includes('De foto komt mee.'));
    check(mail.mails[at].includes('foto.txt'), 'it went without its file');
    await page().unroute('**/api/v1/files/*');
    await page().goto(back);
    await answer().waitFor();
  });

  test('personal data is asked about before it goes, hidden or sent knowingly', async () => {
    await answer().fill('Uw rekening is NL91 ABNA 0417 1643 00.');
    await answer().press('Control+Enter');
    await page().getByRole('alert').getByText('IBAN', { exact: true }).waitFor();
    await holds('guard');
    check((await answer().inputValue()) !== '', 'it went without a word');
    await page().getByRole('button', { name: 'Maak onleesbaar' }).click();
    check(!(await answer().inputValue()).includes('0417'), await answer().inputValue());
    await answer().fill('Uw rekening is echt NL91 ABNA 0417 1643 00.');
    await page().getByRole('button', { name: 'Laat zo staan' }).click();
    await answer().press('Control+Enter');
    await becomes(() => isMailed('Uw rekening is echt'), 'it did not go');
    await page().getByText('verstuurde persoonsgegevens').waitFor();
  });
}
