/** Signing in as people do it, in a real browser, by the keyboard alone; the provider is another site, as it always is. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { openChromium } from "../../support/chromium.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onPostgres } from "../../support/database/engines.ts";
import { anInvite, aSignInDoor, type SignInDoor } from "../../support/page/a-sign-in-door.ts";
import { LOW_CONTRAST_SCRIPT } from "../../support/text-contrast.ts";

vi.setConfig({ testTimeout: 60_000 });

let browser: Browser | undefined;
let missing = "";

beforeAll(async () => {
  const opened = await openChromium();
  if (typeof opened === "string") missing = opened;
  else browser = opened;
}, 600_000);

afterAll(() => browser?.close());

beforeEach((context) => {
  if (browser === undefined) context.skip(missing);
});

onPostgres((engine) => {
  async function aHouse(look: { readonly colorScheme?: "light" | "dark"; readonly width?: number } = {}) {
    const { database } = engine();
    const tenant = await aTenant(database, { name: `Orders ${Math.random()}` });
    const door = await aSignInDoor({ database, ...tenant, host: "localhost" });
    const context = await browser?.newContext({
      colorScheme: look.colorScheme ?? "light",
      viewport: { width: look.width ?? 1280, height: 800 },
    });
    if (context === undefined) throw new Error("There is no browser.");
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => void complaints.push(`${message.text()} ${message.location().url}`));
    page.on("pageerror", (error) => void complaints.push(error.message));
    return { tenant, door, page, complaints, context };
  }

  /** Goes to the first button, as a hand on the keyboard does. */
  async function pressFirstButton(page: Page): Promise<void> {
    for (let steps = 0; steps < 6; steps += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate("document.activeElement?.tagName === 'BUTTON'")) break;
    }
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  }

  async function signInAndJoin(page: Page, door: SignInDoor, code: string): Promise<void> {
    await page.goto(`${door.url}/sign-in`);
    await pressFirstButton(page);
    await page.getByLabel("Invite code").focus();
    await page.keyboard.type(code);
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  }

  test("somebody signs in, joins and signs out without a mouse, and the console has nothing to say", async () => {
    const { tenant, door, page, complaints } = await aHouse();
    await signInAndJoin(page, door, await anInvite(door, tenant));
    expect(page.url()).toBe(`${door.url}/`);
    expect(await page.evaluate("document.cookie")).toBe("");
    const status = () => page.evaluate("fetch('/api/v1/session').then(({ status }) => status)");
    expect(await status()).toBe(200);
    await page.goto(`${door.url}/sign-out`);
    await pressFirstButton(page);
    expect(await page.getByRole("heading").textContent()).toBe("You are signed out");
    expect(complaints).toEqual([]);
    await page.goto(`${door.url}/`);
    expect(await status()).toBe(401);
  });

  test("a page of another site signs nobody out: neither by a form nor by a script", async () => {
    const { tenant, door, page, context } = await aHouse();
    await signInAndJoin(page, door, await anInvite(door, tenant));
    const evil = createServer((_request, response) => {
      response
        .setHeader("content-type", "text/html")
        .end(`<form method="post" action="${door.url}/sign-out"><button>Win</button></form>
        <script>fetch("${door.url}/sign-out", { method: "POST", credentials: "include", mode: "no-cors" }).finally(() => { document.title = "done" })</script>`);
    }).listen(0, "127.0.0.1");
    await once(evil, "listening");
    onTestFinished(() => void evil.close());
    const address = evil.address();
    const other = await context.newPage();
    await other.goto(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`);
    await other.waitForFunction("document.title === 'done'");
    await Promise.all([other.waitForNavigation(), other.getByRole("button").click()]);
    expect(await other.textContent("body")).toContain("SIGN_IN_NEEDED");
    expect(await page.evaluate("fetch('/api/v1/session').then(({ status }) => status)")).toBe(200);
  });

  test.each([
    ["light", 320],
    ["dark", 1280],
  ] as const)("the code's page can be read in %s, %i px wide", async (colorScheme, width) => {
    const { door, page } = await aHouse({ colorScheme, width });
    await page.goto(`${door.url}/sign-in`);
    await pressFirstButton(page);
    expect(await page.evaluate(LOW_CONTRAST_SCRIPT)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    expect(await page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize")).toBe("24px");
    if (process.env.PICTURES_DIR !== undefined) {
      await page.screenshot({ path: `${process.env.PICTURES_DIR}/join-${colorScheme}-${width}.png` });
    }
  });
});
