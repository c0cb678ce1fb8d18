import { expect, test } from "vitest";
import {
  aDelivery,
  aHook,
  anAsanaDoor,
  aPendingHook,
  bringSecret,
  deliver,
  inboxOf,
  knock,
  problemOf,
  signatureOf,
} from "../../support/asana-door.ts";
import { onBothEngines } from "../../support/database/engines.ts";

const REFUSED = { status: 403, code: "HOOK_SECRET_REFUSED" };
const OTHER_SECRET = "a-secret-that-somebody-else-made-up";

onBothEngines((engine) => {
  test("a path that waits for its secret takes it, gives it back, and from then on believes who signs with it", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aPendingHook(database, door);

    const answer = await bringSecret(door, hook);

    expect(answer.status).toBe(200);
    expect(answer.headers.get("x-hook-secret")).toBe("the-secret-of-the-webhook");
    expect(await answer.text()).toBe("");
    expect((await deliver(door, hook, aDelivery("1"))).status).toBe(200);
  });

  test("of two handshakes at the same instant exactly one is accepted, and its secret is the one that counts", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aPendingHook(database, door);
    const secrets = ["secret-one", "secret-two"] as const;

    const answers = await Promise.all(secrets.map((secret) => bringSecret(door, { token: hook.token, secret })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
    const deliveries = await Promise.all(secrets.map((secret) => deliver(door, { ...hook, secret }, aDelivery("1"))));
    const accepted = answers.map(({ status }) => status === 200);
    expect(deliveries.map(({ status }) => status)).toEqual(accepted.map((isAccepted) => (isAccepted ? 200 : 401)));
  });

  test("a second handshake on a used path is refused, also with the same secret, and changes nothing", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aHook(database, door);

    for (const secret of [OTHER_SECRET, hook.secret]) {
      const again = await bringSecret(door, { token: hook.token, secret });
      expect(again.headers.get("x-hook-secret")).toBeNull();
      expect(await problemOf(again)).toEqual(REFUSED);
    }

    expect((await deliver(door, { ...hook, secret: OTHER_SECRET }, aDelivery("1"))).status).toBe(401);
    expect((await deliver(door, hook, aDelivery("2"))).status).toBe(200);
    expect((await inboxOf(database, door.tenant)).map(({ fields }) => fields.gid)).toEqual(["2"]);
  });

  test("a spoofed X-Hook-Secret on a delivery neither replaces the secret nor spares the signature", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aHook(database, door);
    const body = aDelivery("1");

    const forged = await knock(door, hook.token, body, {
      "x-hook-secret": OTHER_SECRET,
      "x-hook-signature": signatureOf(OTHER_SECRET, body),
    });
    const unsigned = await knock(door, hook.token, body, { "x-hook-secret": OTHER_SECRET });
    const signed = await knock(door, hook.token, body, {
      "x-hook-secret": OTHER_SECRET,
      "x-hook-signature": signatureOf(hook.secret, body),
    });

    expect(await problemOf(forged)).toEqual({ status: 401, code: "HOOK_SIGNATURE_WRONG" });
    expect(await problemOf(unsigned)).toEqual(REFUSED);
    expect(signed.status).toBe(200);
    expect(signed.headers.get("x-hook-secret")).toBeNull();
    expect((await deliver(door, hook, aDelivery("2"))).status).toBe(200);
    expect(await inboxOf(database, door.tenant)).toHaveLength(2);
  });

  test("a path that waits for its secret takes no delivery, however it is signed", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aPendingHook(database, door);

    for (const secret of [hook.secret, ""])
      expect(await problemOf(await deliver(door, { ...hook, secret }, aDelivery("1")))).toEqual({
        status: 401,
        code: "HOOK_SIGNATURE_WRONG",
      });
    expect(await inboxOf(database, door.tenant)).toEqual([]);
    expect((await bringSecret(door, hook)).status).toBe(200);
  });

  test("a handshake with events in its body, or with a secret that is no single word, is refused and leaves the path waiting", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aPendingHook(database, door);

    expect(await problemOf(await bringSecret(door, hook, aDelivery("1")))).toEqual(REFUSED);
    expect(await problemOf(await bringSecret(door, { ...hook, secret: "two, words" }))).toEqual(REFUSED);
    expect(await problemOf(await bringSecret(door, { ...hook, secret: "x".repeat(257) }))).toEqual(REFUSED);
    expect(await problemOf(await bringSecret(door, { ...hook, secret: "" }))).toEqual(REFUSED);

    expect((await bringSecret(door, hook)).status).toBe(200);
  });

  test("a path that nobody gave out takes neither a secret nor a delivery", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const unknown = { hookId: "", token: "nobody-gave-this-out", secret: "a-secret" };

    const expected = { status: 404, code: "HOOK_UNKNOWN" };
    expect(await problemOf(await bringSecret(door, unknown))).toEqual(expected);
    expect(await problemOf(await deliver(door, unknown, aDelivery("1")))).toEqual(expected);
    expect(await problemOf(await deliver(door, { ...unknown, token: "%00" }, aDelivery("1")))).toEqual(expected);
  });
});
