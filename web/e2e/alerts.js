// alerts.js — a colleague is told that a note names him, in the desk, until he has read the case.

/** Needs what run.js tests with; `page` and `gestand` are known only once it runs. */
export function testAlerts({ test, check, holds, page, gestand }) {
  const menu = () => page().getByRole('navigation', { name: 'Hoofdmenu' });
  const bell = () => menu().getByRole('button', { name: /^Voor u/ });
  const said = 'Joost Brouwer noemt u: Aanmaning terwijl ik al betaald heb';
  const title = { name: 'Aanmaning terwijl ik al betaald heb', level: 1 };
  let joost;

  async function asJoost(method, path, body) {
    joost ??= await (async () => {
      const { items } = await gestand.api('GET', '/users');
      const { id } = items.find(({ name }) => name === 'Joost Brouwer');
      const token = { name: 'Joost', scopes: '*', user_id: id };
      return (await gestand.api('POST', '/tokens', token)).secret;
    })();
    return gestand.api(method, path, body, { Authorization: `Bearer ${joost}` });
  }
  async function nameNoor(text) {
    const [{ id }] = (await gestand.api('GET', '/cases?q=kwart&status=all')).items;
    await asJoost('POST', `/cases/${id}/notes`, { text });
  }

  test('who is named in a note is told at once, and the way leads to the case', async () => {
    const known = page().waitForResponse(/\/me\/alerts$/);
    await page().goto(`${gestand.url}/desk/ours`);
    await page().getByRole('heading', { name: 'Wacht op ons', level: 2 }).waitFor();
    await known;
    check((await bell().count()) === 0, 'there is something already');
    await nameNoor('@Noor Verhagen, is dit al betaald?');
    await page().getByText(said).waitFor();
    await bell().waitFor();
    // As long as the focus is in it, it stays.
    const open = page().getByRole('button', { name: 'Open', exact: true });
    await open.focus();
    await holds('alert');
    await open.click();
    await page().getByRole('heading', title).waitFor();
    await bell().waitFor({ state: 'detached' });
  });

  test('who was away finds it in the menu, by the keyboard alone, until the case was read', async () => {
    await page().goto('about:blank');
    await nameNoor('@Noor nog een keer.');
    await page().goto(`${gestand.url}/desk/done`);
    await bell().focus();
    await page().keyboard.press('Enter');
    await page()
      .getByRole('menuitem', { name: new RegExp(said) })
      .waitFor();
    await holds('alerts');
    await page().keyboard.press('Enter');
    await page().getByRole('heading', title).waitFor();
    await bell().waitFor({ state: 'detached' });
    await page().reload();
    await page().getByRole('heading', title).waitFor();
    check((await bell().count()) === 0, 'it is there again');
  });

  test('what one writes oneself alerts nobody, and an address names nobody', async () => {
    const [{ id }] = (await gestand.api('GET', '/cases?q=kwart&status=all')).items;
    await gestand.api('POST', `/cases/${id}/notes`, { text: '@Noor: onthouden, mail@joost.test' });
    const { items } = await gestand.api('GET', '/me/alerts');
    const his = await asJoost('GET', '/me/alerts');
    check(items.length === 0, 'Noor is alerted by herself');
    check(!his.items.some(({ title: of }) => of === title.name), 'Joost is named by an address');
  });
}
