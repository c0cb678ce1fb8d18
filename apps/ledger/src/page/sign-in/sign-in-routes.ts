/** The routes by which somebody signs in, and joins a ledger: pages that work without a script. */
import { hash } from "node:crypto";
import { type Request, type Response, Router } from "express";
import { RateLimit } from "../../http/rate-limit.ts";
import { signInNeeded } from "../../http/sign-in-needed.ts";
import { proveWrite, WRITE_FIELD, writeToken } from "../session/prove-write.ts";
import type { SealedCookie } from "../session/sealed-cookie.ts";
import type { SessionContext } from "../session/session-context.ts";
import { answerPages } from "./answer-pages.ts";
import { type Arrived, arrivedCookie } from "./arrived.ts";
import { enterLedger, join, listLedgersOf } from "./memberships.ts";
import { Provider, signInRefused } from "./provider.ts";
import { readForm } from "./read-form.ts";
import { returnPath } from "./return-path.ts";
import { choicePage, joinPage, providersPage, sendPage } from "./sign-in-pages.ts";
import type { ProviderSettings } from "./sign-in-settings.ts";
import { underWayCookie } from "./under-way.ts";

const CALLBACK = "/sign-in/callback";
const JOIN = /^\/join(?:[?#]|$)/iu;

/** Whoever types a code in mistypes it a few times. */
const GUESSES = { most: 10, perSecond: 1 / 60, mostCallers: 10_000 };

/** @param providers one at least */
export function signInRoutes(context: SessionContext, providers: readonly ProviderSettings[]): Router {
  const { publicUrl, log, now, newId } = context;
  const callbacks = providers.map((_, number) => (number === 0 ? CALLBACK : `${CALLBACK}/${number + 1}`));
  const known = providers.map(
    (settings, number) => new Provider(settings, `${publicUrl}${callbacks[number] ?? CALLBACK}`, log),
  );
  const underWay = underWayCookie(context);
  const arrived = arrivedCookie(context);
  const guesses = new RateLimit({ ...GUESSES, now });
  const router = Router();
  const goTo = (response: Response, path: string): void => response.redirect(303, `${publicUrl}${path}`);

  router.use(["/sign-in", "/join"], (_request, response, next) => {
    response.set("cache-control", "no-store");
    next();
  });

  router.get("/sign-in", async (request, response) => {
    const query = queryOf(request);
    const to = returnPath(query.get("to") ?? undefined);
    const number = known.length === 1 ? 0 : Number(query.get("provider") ?? Number.NaN) - 1;
    const provider = known[number];
    if (provider === undefined) return sendPage(context, response, providersPage(known, query));
    const { address, checks } = await provider.begin();
    underWay.set(response, { provider: number, checks, to, chooses: query.has("choose") });
    response.redirect(303, address);
  });

  router.get(callbacks, async (request, response) => {
    const begun = underWay.find(request);
    underWay.clear(response);
    const provider = begun === undefined ? undefined : known[begun.provider];
    if (begun === undefined || provider === undefined) throw signInRefused();
    if (request.path !== callbacks[begun.provider]) throw signInRefused();
    const identity = await provider.finish(`?${queryOf(request)}`, begun.checks);
    const { to, chooses } = begun;
    const ledgers = await listLedgersOf(context, identity);
    const [only, ...others] = ledgers;
    const guest: Arrived = { id: newId(), identity, to, at: now() };
    if (only !== undefined && others.length === 0 && !chooses && !JOIN.test(to)) {
      await enterLedger(context, request, response, guest, only.tenantId);
      return goTo(response, to);
    }
    arrived.set(response, guest);
    if (JOIN.test(to)) return goTo(response, to);
    goTo(response, only === undefined ? "/join" : "/sign-in/ledger");
  });

  router.get("/sign-in/ledger", async (request, response) => {
    const guest = arrived.find(request);
    if (guest === undefined) return goTo(response, "/sign-in?choose=1");
    const ledgers = await listLedgersOf(context, guest.identity);
    sendPage(context, response, choicePage(ledgers, writeToken(context, guest.id)));
  });

  router.post("/sign-in/ledger", async (request, response) => {
    const { guest, form } = await postedBy(context, arrived, request);
    const wanted = form.get("ledger");
    const ledgers = await listLedgersOf(context, guest.identity);
    const chosen = ledgers.find(({ tenantId }) => tenantId === wanted);
    if (chosen === undefined) throw signInRefused();
    await enterLedger(context, request, response, guest, chosen.tenantId);
    goTo(response, JOIN.test(guest.to) ? "/" : guest.to);
  });

  router.get("/join", (request, response) => {
    const code = queryOf(request).get("code") ?? "";
    const guest = arrived.find(request);
    if (guest === undefined) return goTo(response, `/sign-in?${new URLSearchParams({ to: joinPath(code) })}`);
    sendPage(context, response, joinPage(code, writeToken(context, guest.id)));
  });

  router.post("/join", async (request, response) => {
    const { guest, form } = await postedBy(context, arrived, request);
    guesses.take(hash("sha256", JSON.stringify(guest.identity), "base64"));
    await join(context, request, response, guest, form.get("code") ?? "");
    goTo(response, JOIN.test(guest.to) ? "/" : guest.to);
  });

  router.use(["/sign-in", "/join"], answerPages(context));
  return router;
}

/** @throws StageledgerError SIGN_IN_NEEDED, CALL_FROM_ELSEWHERE */
async function postedBy(
  context: SessionContext,
  arrived: SealedCookie<Arrived>,
  request: Request,
): Promise<{ readonly guest: Arrived; readonly form: URLSearchParams }> {
  const guest = arrived.find(request);
  if (guest === undefined) throw signInNeeded();
  const form = await readForm(request);
  proveWrite(context, request, guest.id, form.get(WRITE_FIELD));
  return { guest, form };
}

function joinPath(code: string): string {
  return code === "" ? "/join" : `/join?${new URLSearchParams({ code })}`;
}

function queryOf({ url }: Request): URLSearchParams {
  return new URL(url, "http://ours.invalid").searchParams;
}
