// outbox.js — what waits to be sent or failed, and work that was given up: dropped, and taken back.

/** Needs what run.js tests with; `page` and `gestand` are known only once it runs. */
export function testOutbox({ test, check, holds, page, gestand }) {
  const timeline = () => page().getByRole('region', { name: 'Tijdlijn' });
  const main = () => page().getByRole('main');
  let one;

  test('a message that waits is dropped, and that is taken back', async () => {
    await gestand().receive({
      from: 'Toos Wacht',
      address: 'toos@wacht.test',
      subject: 'Wat kost het',
      text: 'Wat kost een nieuwe sleutel?',
      minutesAgo: 40,
    });
    [one] = (await gestand().api('GET', '/cases?status=all&q=sleutel&limit=1')).items;
    // On an API channel it lies ready until somebody fetches it.
    await gestand().api('POST', `/cases/${one.id}/messages`, { text: 'Twaalf euro.' });
    await page().goto(`${gestand().url}/desk/settings/outbox`);
    await main().getByRole('radio', { name: 'Gaat zo weg' }).click();
    const line = main().getByRole('listitem').filter({ hasText: 'Toos Wacht' });
    await line.getByRole('button', { name: 'Laat vallen' }).click();
    await page().getByText('Het gaat niet weg.').waitFor();
    await line.waitFor({ state: 'detached' });
    check((await gestand().api('GET', `/cases/${one.id}`)).status === 'open', 'nobody waits');
    await page().getByRole('button', { name: 'Draai terug' }).click();
    await line.waitFor();
    await holds('outbox');
    await line.getByRole('button', { name: 'Laat vallen' }).click();
    await line.waitFor({ state: 'detached' });
  });

  test('a message that was dropped says so in its case, and goes all the same when asked', async () => {
    await page().goto(`${gestand().url}/desk/all/${one.reference}`);
    const message = timeline().getByRole('article').filter({ hasText: 'Twaalf euro.' });
    await message.getByText('niet verstuurd', { exact: true }).waitFor();
    await timeline().getByText('Noor Verhagen hield een bericht tegen').first().waitFor();
    await holds('dropped');
    await message.getByRole('button', { name: 'Verstuur alsnog' }).click();
    await message.getByText('gaat zo weg').waitFor();
    const now = await gestand().api('GET', `/cases/${one.id}`);
    check(now.status === 'waiting' && now.waiting_since === null, 'the customer still waits');
  });

  test('work that was given up is dropped, and that is taken back', async () => {
    // What a server gives up takes a day: here is what it would say.
    const job = {
      id: 'job_0000000000001',
      kind: 'learn',
      tries: 12,
      given_up_at: new Date().toISOString(),
      last_error: "the database doesn't answer",
    };
    const asked = [];
    let isThere = true;
    await page().route('**/api/v1/jobs**', async (route) => {
      const request = route.request();
      if (request.method() !== 'GET') {
        asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
        isThere = request.method() === 'POST';
        return route.fulfill({ status: 204 });
      }
      return route.fulfill({
        json: { items: isThere ? [job] : [], next: null },
      });
    });
    await page().goto(`${gestand().url}/desk/settings/jobs`);
    await main().getByText('De database antwoordt niet.').waitFor();
    await main().getByRole('button', { name: 'Laat vallen' }).click();
    await page().getByRole('heading', { name: 'Niets opgegeven' }).waitFor();
    await page().getByRole('button', { name: 'Draai terug' }).click();
    await main().getByText('Leren van correcties').waitFor();
    await holds('graveyard');
    check(
      asked.join() ===
        'DELETE /api/v1/jobs/job_0000000000001,POST /api/v1/jobs/job_0000000000001/restore',
      asked.join(),
    );
    await page().unroute('**/api/v1/jobs**');
  });

  test('everything is compared when asked, and a difference leads to its case', async () => {
    await page().goto(`${gestand().url}/desk/settings/differences`);
    await main().getByRole('button', { name: 'Controleer nu' }).click();
    await main()
      .getByText(/^Laatst gecontroleerd .*: [0-9.]+ stuks bekeken\.$/)
      .waitFor();
    await main().getByRole('heading', { name: 'Alles klopt' }).waitFor();
    await holds('differences-none');
    // Nothing is wrong here: this is what it would say.
    const found = {
      id: 'dif_0000000000001',
      kind: 'case_with_other_count',
      about: one.id,
      detail: '',
      words: 'cases that count their messages wrongly: ask for help',
      found_at: new Date().toISOString(),
      seen_at: new Date().toISOString(),
      gone_at: null,
    };
    await page().route('**/api/v1/differences**', (route) =>
      route.fulfill({ json: { items: [found], next: null } }),
    );
    await page().reload();
    await main().getByRole('link', { name: 'Zaak telt haar berichten verkeerd' }).waitFor();
    await holds('differences');
    await main().getByRole('link', { name: 'Zaak telt haar berichten verkeerd' }).click();
    await page().getByRole('heading', { name: one.title }).first().waitFor();
    await page().unroute('**/api/v1/differences**');
  });
}
