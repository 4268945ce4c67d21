// sizes.js — the main screens between desk and phone, and in the other languages: nothing falls apart,
// and axe finds nothing.
import axe from 'axe-core';
import { EMAIL } from './gestand.js';

const WIDTHS = [1240, 1000];
const HEIGHT = 900;
const LANGUAGES = { en: 'en-GB', fr: 'fr-FR' };
const OUTPUT = new URL('output/', import.meta.url).pathname;

/** Needs what run.js tests with; it begins with some cases. */
export function testSizes({ test, check, page, browser, gestand, listen }) {
  async function looks(on, name) {
    await on.screenshot({ path: `${OUTPUT}${name}.png` });
    const wide = await on.evaluate(
      () => globalThis.document.documentElement.scrollWidth - globalThis.innerWidth,
    );
    check(wide <= 0, `${name} is ${wide} px too wide`);
    await on.evaluate(axe.source);
    const { violations } = await on.evaluate(() => globalThis.axe.run());
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`,
    );
    check(found.length === 0, `${name}: ${found.join('\n')}`);
  }

  async function screens() {
    const [one] = (await gestand.api('GET', '/cases?status=all&q=warm&limit=1')).items;
    return {
      case: `/desk/all/${one.reference}`,
      person: `/desk/people/${one.person_id}`,
      settings: '/desk/settings/profile',
    };
  }

  async function walk(on, suffix) {
    for (const [name, path] of Object.entries(await screens())) {
      await on.goto(`${gestand.url}${path}`);
      await on.locator('h1').first().waitFor();
      await on.waitForTimeout(500);
      await looks(on, `${name}-${suffix}`);
    }
  }

  test('between desk and phone nothing falls apart', async () => {
    for (const width of WIDTHS) {
      await page().setViewportSize({ width, height: HEIGHT });
      await walk(page(), String(width));
    }
    await page().setViewportSize({ width: 1440, height: HEIGHT });
  });

  test('in English and French every screen has room for its words', async () => {
    for (const [language, locale] of Object.entries(LANGUAGES)) {
      const context = await browser().newContext({
        viewport: { width: 1440, height: HEIGHT },
        reducedMotion: 'reduce',
        serviceWorkers: 'block',
        locale,
      });
      const other = await context.newPage();
      other.setDefaultTimeout(30_000);
      listen(other);
      await other.goto(gestand.url);
      await other.locator('input:focus').waitFor();
      await other.waitForFunction(
        (wanted) => globalThis.document.documentElement.lang === wanted,
        language,
      );
      await looks(other, `login-${language}`);
      await context.addCookies(await page().context().cookies());
      // This device wants its own language, whatever the others have.
      await other.route('**/api/v1/me/preferences', async (route) => {
        if (route.request().method() !== 'GET') return route.abort();
        const response = await route.fetch();
        const kept = await response.json();
        await route.fulfill({ response, json: { ...kept, settings: { language } } });
      });
      await walk(other, language);
      const lang = await other.evaluate(() => globalThis.document.documentElement.lang);
      check(lang === language, `it is in ${lang}, not in ${language}, for ${EMAIL}`);
      await context.close();
    }
  });
}
