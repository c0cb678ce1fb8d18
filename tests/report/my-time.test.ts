/** The page of one's own time in a real browser, against the ledger's real doors: Jira's, where is logged, and the page's. */
import { readFileSync } from "node:fs";
import { UNASSIGNED } from "@stageledger/core";
import { entry } from "@stageledger/core/contract/entries";
import { linkCode, links } from "@stageledger/core/contract/links";
import { pageWeek } from "@stageledger/core/contract/page-my-routes";
import { inTransaction, redeemLinkCode, setProjectRestricted, verify } from "@stageledger/db";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { pageRoutes } from "../../apps/ledger/src/page/page-routes.ts";
import { findSessionOf } from "../../apps/ledger/src/page/session/find-session.ts";
import { pageFiles } from "../../apps/ledger/src/page/static.ts";
import { openChromium } from "../support/chromium.ts";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, aPerson, type ForgeDoor, ITEM, type Person } from "../support/forge/a-forge-door.ts";
import { anAsanaAccount, recordEntryOf } from "../support/forge/a-linked-account.ts";
import { aMyDoor, aSignedIn, type MyDoor, type SignedIn } from "../support/page/a-my-door.ts";
import { aReportPage, open, type ReportPage } from "../support/report/a-report-page.ts";
import { aBuiltPage } from "../support/report/built-page.ts";

vi.setConfig({ testTimeout: 60_000 });

const IN_JIRA = `/forge/v1/items/${ITEM}/entries`;
const TUESDAY = "2026-09-08";
const ONLY_YOU = "Only you see this page. No colleague, no manager and no administrator can open it.";
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const pictures = process.env.PICTURES;

interface AtHome extends ReportPage {
  readonly door: ForgeDoor;
  readonly home: MyDoor;
  readonly ada: Person;
  readonly member: SignedIn;
  readonly url: string;
}

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

/** What has the focus, as it is announced. */
function focused(page: Page): Promise<unknown> {
  return page.evaluate(
    "document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText ?? document.activeElement.tagName",
  );
}

async function signedIn(page: Page, url: string, { cookie }: SignedIn): Promise<void> {
  const [name = "", value = ""] = cookie.split("=");
  await page.context().addCookies([{ name, value, url, httpOnly: true, sameSite: "Lax" }]);
}

const told = (page: Page, text: string | RegExp) => page.locator(".said [role=status]", { hasText: text }).waitFor();
const sum = (page: Page, text: string) => page.locator(".sum", { hasText: text }).waitFor();

onPostgres((engine) => {
  const folder = aBuiltPage();

  /** A member in their browser, and the same person in Jira, not joined yet. */
  async function atHome(look: Parameters<typeof aReportPage>[1] = {}): Promise<AtHome> {
    if (browser === undefined) throw new Error(missing);
    const { database } = engine();
    const door = await aForgeDoor(database);
    const home = await aMyDoor(database, door.tenant, door.clock, (context) => [
      pageFiles(folder()),
      pageRoutes({ ...context, findMember: (request) => findSessionOf(context, request) }),
    ]);
    const [ada, member] = [aPerson(door, "ada"), await aSignedIn(home, door.tenant)];
    const shown = await aReportPage(browser, look);
    await signedIn(shown.page, home.url, member);
    return { ...shown, door, home, ada, member, url: home.url };
  }

  async function joined(look?: Parameters<typeof aReportPage>[1]): Promise<AtHome> {
    const home = await atHome(look);
    const { code } = await home.member.told(linkCode, "/api/v1/my/link-codes", { method: "POST" });
    await home.ada.told(links, "/forge/v1/my/links", { body: { code } });
    return home;
  }

  async function joinAsana({ door, member }: AtHome): Promise<string> {
    const contributor = await anAsanaAccount(door, engine().database);
    const { code } = await member.told(linkCode, "/api/v1/my/link-codes", { method: "POST" });
    const { tenantId } = door.tenant;
    await inTransaction(engine().database, { role: "recorder", tenantId, holdsTenant: true }, (trx) =>
      redeemLinkCode(trx, tenantId, contributor, code, door.clock.now),
    );
    return contributor;
  }

  const logged = (ada: Person, minutes = 90, date = TUESDAY) =>
    ada.told(entry, IN_JIRA, { body: { minutes, date, activity: "build" } });
  const inJira = async (ada: Person) =>
    (await ada.told(pageWeek, "/forge/v1/my/week")).entries.map(({ minutes, date, activity }) => [
      minutes,
      date,
      activity,
    ]);

  test("who joins their account in Jira by its code sees what they logged there, edits it and undoes that", async () => {
    const { page, complaints, url, ada } = await atHome();
    await logged(ada);
    await open({ page }, `${url}/my-time`);
    expect(await page.locator("h1").textContent()).toBe("My time");
    expect(await page.locator(".only-you").textContent()).toBe(ONLY_YOU);
    expect(await page.locator("#my-week").textContent()).toBe("7 Sep – 13 Sep 2026, week 37");
    await sum(page, "Nothing logged in this week.");

    const { code } = await ada.told(linkCode, "/forge/v1/my/link-codes", { method: "POST" });
    await page.getByLabel("A code from another account").focus();
    await page.keyboard.type(code);
    await page.keyboard.press("Enter");
    await told(page, "Joined: both accounts are yours now.");
    await sum(page, "1 h 30 min in 1 entry.");
    expect(await page.locator(".my-time h3").textContent()).toBe("Tue 8 Sep: 1 h 30 min today");

    await page.getByRole("button", { name: "Edit 1 h 30 min on PAY-88, Tue 8 Sep" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("90");
    await page.keyboard.press("Enter");
    expect(await page.locator(".edit .wrong").first().textContent()).toBe("90 hours or 90 minutes? Write 90h or 90m.");
    expect(await page.evaluate("document.activeElement.getAttribute('aria-invalid')")).toBe("true");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("1:45");
    await page.getByLabel("Day", { exact: true }).fill("2026-09-07");
    await page.getByLabel("Activity").selectOption("review");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await told(page, "Saved: 1 h 45 min on PAY-88, Mon 7 Sep.");
    await sum(page, "1 h 45 min in 1 entry.");
    expect(await focused(page)).toBe("Edit 1 h 45 min on PAY-88, Mon 7 Sep");
    expect(await inJira(ada)).toEqual([[105, "2026-09-07", "review"]]);

    await page.getByRole("button", { name: "Undo" }).press("Enter");
    await told(page, "Undone: 1 h 30 min on PAY-88, Tue 8 Sep is as before.");
    await sum(page, "1 h 30 min in 1 entry.");
    expect(await focused(page)).toBe("Edit 1 h 30 min on PAY-88, Tue 8 Sep");
    expect(await inJira(ada)).toEqual([[90, TUESDAY, "build"]]);
    expect(complaints).toEqual([]);
  });

  test("what is deleted can be brought back at once, by the key that has the focus", async () => {
    const { page, complaints, url, ada, door } = await joined();
    await logged(ada, 90);
    await logged(ada, 30);
    await open({ page }, `${url}/my-time`);
    await sum(page, "2 h in 2 entries.");
    await page.getByRole("button", { name: "Delete 30 min on PAY-88, Tue 8 Sep" }).press("Enter");
    await told(page, "Deleted: 30 min on PAY-88, Tue 8 Sep.");
    await sum(page, "1 h 30 min in 1 entry.");
    expect(await focused(page)).toBe("Undo");
    expect(await inJira(ada)).toEqual([[90, TUESDAY, "build"]]);
    await page.keyboard.press("Enter");
    await sum(page, "2 h in 2 entries.");
    expect(await focused(page)).toBe("Edit 30 min on PAY-88, Tue 8 Sep");
    expect(await verify(engine().database, door.tenant.tenantId)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("the weeks before and after are a step away, and back walks through them", async () => {
    const { page, url, ada } = await joined();
    await logged(ada, 45, "2026-09-06");
    await logged(ada, 90);
    await open({ page }, `${url}/my-time`);
    await sum(page, "1 h 30 min in 1 entry.");
    await page.getByRole("link", { name: "Previous week" }).press("Enter");
    await sum(page, "45 min in 1 entry.");
    expect(await page.locator("#my-week").textContent()).toBe("31 Aug – 6 Sep 2026, week 36");
    expect(page.url()).toBe(`${url}/my-time?asOf=2026-08-31`);
    await page.getByRole("link", { name: "Next week" }).press("Enter");
    await sum(page, "1 h 30 min in 1 entry.");
    await page.goBack();
    await sum(page, "45 min in 1 entry.");
    await page.getByRole("link", { name: "This week" }).press("Enter");
    await sum(page, "1 h 30 min in 1 entry.");
    await page.goBack();
    await sum(page, "45 min in 1 entry.");
    await page.getByRole("link", { name: "Stageledger" }).press("Enter");
    await page.waitForURL(`${url}/`);
    expect(await page.getByRole("link", { name: "My time" }).getAttribute("href")).toBe("/my-time");
  });

  test("whose answer was lost presses the same again, and it is done once", async () => {
    const { page, url, ada } = await joined();
    await logged(ada);
    await open({ page }, `${url}/my-time`);
    const keys: (string | undefined)[] = [];
    await page.route("**/api/v1/my/entries/*", async (route) => {
      keys.push(route.request().headers()["idempotency-key"]);
      await route.fetch();
      await route.abort();
    });
    await page.getByRole("button", { name: /^Edit/u }).click();
    await page.getByLabel("Time", { exact: true }).fill("2h");
    await page.keyboard.press("Enter");
    await told(page, "It is not known whether this was done. Press the same again: it is done once.");
    expect(await inJira(ada)).toEqual([[120, TUESDAY, "build"]]);
    await page.unroute("**/api/v1/my/entries/*");
    page.on("request", (request) => {
      if (request.method() === "PATCH") keys.push(request.headers()["idempotency-key"]);
    });
    await page.getByRole("button", { name: "Save" }).click();
    await told(page, "Saved: 2 h on PAY-88, Tue 8 Sep.");
    await page.getByRole("button", { name: /^Edit/u }).click();
    await page.getByLabel("Time", { exact: true }).fill("1h");
    await page.keyboard.press("Enter");
    await told(page, "Saved: 1 h on PAY-88, Tue 8 Sep.");
    expect(keys).toHaveLength(3);
    expect(new Set(keys.slice(0, 2)).size).toBe(1);
    expect(new Set(keys).size).toBe(2);
  });

  test("a change that another window made first is told, and the row shows what holds", async () => {
    const { page, url, ada } = await joined();
    const { id } = await logged(ada);
    await open({ page }, `${url}/my-time`);
    await page.getByRole("button", { name: /^Edit/u }).click();
    await ada.told(entry, `/forge/v1/entries/${id}`, { method: "PATCH", body: { revision: 1, minutes: 15 } });
    await page.getByLabel("Time", { exact: true }).fill("2h");
    await page.keyboard.press("Enter");
    await told(page, "ENTRY_REVISION_CONFLICT");
    await sum(page, "15 min in 1 entry.");
    expect(await page.getByLabel("Time", { exact: true }).inputValue()).toBe("2h");
    await page.getByRole("button", { name: "Save" }).press("Enter");
    await sum(page, "2 h in 1 entry.");
  });

  test("hours without a project are placed in the one that is chosen", async () => {
    const home = await joined();
    const { page, url } = home;
    const contributor = await joinAsana(home);
    await recordEntryOf(home.door, engine().database, contributor, { typedIn: "asana", project: UNASSIGNED });
    await open({ page }, `${url}/my-time`);
    await page.getByRole("heading", { name: "Without a project (1)" }).waitFor();
    expect(await page.getByRole("link", { name: "Asana task 900" }).getAttribute("href")).toBe(
      "https://app.asana.com/0/0/900",
    );
    expect(await page.locator(".my-time .sub", { hasText: "from Asana, and changed there" }).count()).toBe(1);
    const place = page.getByRole("button", { name: /^Place 2 h on /u });
    await place.press("Enter");
    await page.locator(".wrong", { hasText: "Choose a project first." }).waitFor();
    await page.getByLabel(/^Project of 2 h on /u).selectOption("PAY");
    await place.press("Enter");
    await told(page, /^2 h on Asana task 900, Tue 8 Sep belongs to PAY now\.$/u);
    await page.getByText("All your hours have a project.").waitFor();
    expect(await focused(page)).toBe("Without a project");
  });

  test("all that is somebody's is saved as a file, in either form", async () => {
    const { page, url, ada } = await joined();
    const { id } = await logged(ada);
    await open({ page }, `${url}/my-time`);
    const save = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name }).press("Enter"),
      ]);
      return [download.suggestedFilename(), readFileSync(await download.path(), "utf8")] as const;
    };
    const [csvName, csv] = await save("My entries (CSV)");
    expect(csvName).toBe("my-time-2026-09-08.csv");
    expect(csv.trimEnd().split("\n").slice(1)).toEqual([`${id},PAY-88,PAY,2026-09-08,90,build,,,you`]);
    await told(page, "my-time-2026-09-08.csv was saved, with 1 entry.");
    const [jsonName, json] = await save("My entries (JSON)");
    expect(jsonName).toBe("my-time-2026-09-08.json");
    expect(json).toContain(id);
    expect(JSON.parse(json)).toBeInstanceOf(Object);
  });

  test("a code is shown for another account, and the links are taken back after a question", async () => {
    const { page, url, ada } = await atHome();
    await logged(ada);
    await open({ page }, `${url}/my-time`);
    await page.getByText("No other account is joined to this one.").waitFor();
    await page.getByRole("button", { name: "Show a code" }).press("Enter");
    const code = (await page.locator(".my-time code").textContent()) ?? "";
    await told(page, `Your code is ${code}.`);
    await ada.told(links, "/forge/v1/my/links", { body: { code } });
    await open({ page }, `${url}/my-time`);
    await page.getByText("1 other account is joined to this one.").waitFor();
    await page.getByRole("button", { name: "Take the links back…" }).press("Enter");
    expect(await focused(page)).toBe("Keep them");
    await page.keyboard.press("Enter");
    expect(await focused(page)).toBe("Take the links back…");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Take the links back" }).press("Enter");
    await told(page, "Your accounts are separate again.");
    await sum(page, "Nothing logged in this week.");
    expect(await focused(page)).toBe("My accounts");
    expect(await ada.told(links, "/forge/v1/my/links")).toEqual({ others: 0 });
  });

  test("who types the word is erased and signed out; who does not, is not", async () => {
    const { page, url, member, ada } = await joined();
    await logged(ada);
    await open({ page }, `${url}/my-time`);
    const field = page.getByLabel("Type “erase” to confirm");
    await field.fill("era");
    await page.keyboard.press("Enter");
    await page.locator(".wrong", { hasText: "Nothing was erased." }).waitFor();
    expect((await member.call("/api/v1/my/week")).status).toBe(200);
    await field.fill("erase");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Your account here is erased" }).waitFor();
    expect(await focused(page)).toBe("Your account here is erased");
    expect((await member.call("/api/v1/my/week")).status).toBe(401);
    expect(await page.context().cookies()).toEqual([]);
    expect(await inJira(ada)).toEqual([[90, TUESDAY, "build"]]);
  });

  test("whoever has not signed in is shown the way there and back", async () => {
    const { page, url } = await atHome();
    await page.context().clearCookies();
    await open({ page }, `${url}/my-time?asOf=2026-08-31`);
    expect(await page.locator("h1").textContent()).toBe("Sign in to see this");
    expect(await page.locator(".notice").textContent()).toContain("Only you see it.");
    expect(await page.locator(".notice a").getAttribute("href")).toBe("/sign-in?to=%2Fmy-time%3FasOf%3D2026-08-31");
  });

  test("what is pressed after somebody else has signed in is refused, and not done to them", async () => {
    const { page, url, home, door } = await joined();
    await open({ page }, `${url}/my-time`);
    const other = await aSignedIn(home, door.tenant);
    await signedIn(page, url, other);
    await page.getByLabel("Type “erase” to confirm").fill("erase");
    await page.keyboard.press("Enter");
    await told(page, "CALL_FROM_ELSEWHERE");
    expect((await other.call("/api/v1/my/week")).status).toBe(200);
  });

  test("who is signed out meanwhile is told so where they pressed, with the way back", async () => {
    const { page, url, ada } = await joined();
    await logged(ada);
    await open({ page }, `${url}/my-time`);
    await page.context().clearCookies();
    await page.getByRole("button", { name: /^Delete/u }).press("Enter");
    await told(page, "Sign in to see this.");
    expect(await page.locator(".said a").getAttribute("href")).toBe("/sign-in?to=%2Fmy-time");
    await sum(page, "1 h 30 min in 1 entry.");
  });

  test("without a connection nothing that was typed is lost", async () => {
    const { page, url, ada } = await joined();
    await logged(ada);
    await open({ page }, `${url}/my-time`);
    await page.getByRole("button", { name: /^Edit/u }).click();
    await page.getByLabel("Time", { exact: true }).fill("2h");
    await page.context().setOffline(true);
    await page.keyboard.press("Enter");
    await told(page, "The ledger cannot be reached.");
    expect(await page.getByLabel("Time", { exact: true }).inputValue()).toBe("2h");
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "Save" }).click();
    await told(page, "Saved: 2 h on PAY-88, Tue 8 Sep.");
  });

  test("of a restricted project no item is named", async () => {
    const home = await joined();
    const { page, url, ada, door } = home;
    await logged(ada);
    const contributor = await joinAsana(home);
    await recordEntryOf(door, engine().database, contributor, { typedIn: "asana", project: UNASSIGNED });
    const { tenantId } = door.tenant;
    await inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      setProjectRestricted(trx, tenantId, "PAY", true),
    );
    await open({ page }, `${url}/my-time`);
    await sum(page, "3 h 30 min in 2 entries.");
    await page.getByRole("heading", { name: "Without a project (1)" }).waitFor();
    expect(await page.locator("body").textContent()).not.toMatch(/PAY-|Asana task/u);
  });

  test.each(
    (["light", "dark"] as const).flatMap((theme) => [320, 1280].map((widthPixels) => [theme, widthPixels] as const)),
  )("axe-core finds no fault in the %s theme at %i px, with all open that opens", async (theme, widthPixels) => {
    const home = await joined({ theme, widthPixels });
    const { page, url, ada, complaints } = home;
    const contributor = await joinAsana(home);
    await recordEntryOf(home.door, engine().database, contributor, { typedIn: "asana", project: UNASSIGNED });
    await logged(ada, 90);
    await logged(ada, 30, "2026-09-07");
    await open({ page }, `${url}/my-time`);
    await page.getByRole("heading", { name: "Without a project (1)" }).waitFor();
    await page.getByRole("button", { name: "Show a code" }).click();
    await page.locator(".my-time code").waitFor();
    await page.getByRole("button", { name: "Take the links back…" }).click();
    await page.getByRole("button", { name: "Delete 30 min" }).click();
    await told(page, "Deleted");
    await page.getByRole("button", { name: "Edit 1 h 30 min" }).click();
    await page.getByLabel("Time", { exact: true }).fill("soon");
    await page.keyboard.press("Enter");
    await page.locator(".wrong", { hasText: "This is no time." }).waitFor();
    await page.evaluate(axe.source);
    const found: unknown = await page.evaluate(
      `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) => JSON.parse(JSON.stringify(violations)))`,
    );
    const faults = z
      .array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }))
      .parse(found)
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
    expect(faults).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(widthPixels);
    expect(complaints).toEqual([]);
    if (pictures !== undefined)
      await page.screenshot({ path: `${pictures}/my-time-${theme}-${widthPixels}.png`, fullPage: true });
  });
});
