import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import {
  type AsanaDoor,
  aDelivery,
  aHook,
  anAsanaDoor,
  deliver,
  inboxOf,
  signatureOf,
} from "../../support/asana-door.ts";
import { onPostgres } from "../../support/database/engines.ts";
import { aRawClient, type RawClient } from "../../support/raw-client.ts";

/** Some say nothing, some never end their headers, some drip a body onto a path that exists. */
function slowWords(token: string, place: number): string {
  const line = `POST /hooks/asana/${token} HTTP/1.1\r\nhost: door\r\n`;
  return ["", `${line}x-slow: `, `${line}x-hook-signature: 00\r\ncontent-length: 900000\r\n\r\n{`][place % 3] ?? "";
}

async function slowClients(door: AsanaDoor, token: string, count: number): Promise<readonly RawClient[]> {
  const clients: RawClient[] = [];
  while (clients.length < count) {
    const some = await Promise.all(
      Array.from({ length: Math.min(100, count - clients.length) }, () => aRawClient(door.port)),
    );
    for (const client of some) clients.push(client);
  }
  for (const [place, { socket }] of clients.entries()) socket.write(slowWords(token, place));
  return clients;
}

/** A byte more from each that has begun and is still there, as those do who want to look alive. */
function drip(clients: readonly RawClient[]): void {
  for (const [place, { socket }] of clients.entries()) if (place % 3 > 0 && socket.writable) socket.write("a");
}

onPostgres((engine) => {
  test("1,000 slow clients keep no delivery from its answer, and are all cut off within seconds", {
    timeout: 40_000,
  }, async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database);
    const hook = await aHook(database, door);
    const startedAt = performance.now();
    const slow = await slowClients(door, hook.token, 1000);

    for (let delivery = 0; delivery < 5; delivery += 1) {
      drip(slow);
      const sentAt = performance.now();
      expect((await deliver(door, hook, aDelivery(String(delivery)))).status).toBe(200);
      expect(performance.now() - sentAt).toBeLessThan(2000);
    }
    expect(slow.filter((client) => !client.isClosed()).length).toBeGreaterThan(900);

    // Eight seconds for a request, half a second between two looks, and the rest for a busy machine.
    while (slow.some((client) => !client.isClosed()) && performance.now() - startedAt < 20_000) {
      drip(slow);
      await delay(250);
    }
    expect(slow.filter((client) => !client.isClosed())).toHaveLength(0);
    expect(await inboxOf(database, door.tenant)).toHaveLength(5);
  });

  test("when there are more connections than there may be, who is answered stays and who only holds a place goes", async () => {
    const { database } = engine();
    const door = await anAsanaDoor(database, {
      mostConnections: 50,
      headersMilliseconds: 60_000,
      requestMilliseconds: 60_000,
    });
    const hook = await aHook(database, door);
    const good = await aRawClient(door.port);
    const body = aDelivery("1");
    const request = [
      `POST /hooks/asana/${hook.token} HTTP/1.1`,
      "host: door",
      `x-hook-signature: ${signatureOf(hook.secret, body)}`,
      `content-length: ${body.length}`,
      "",
      body,
    ].join("\r\n");
    const answers = () => good.heard().split("HTTP/1.1 200 OK").length - 1;

    // Of those that come between two answers there are fewer than places, though their number in all is three times that.
    const everybody: RawClient[] = [];
    for (let wave = 1; wave <= 8; wave += 1) {
      good.socket.write(request);
      await expect.poll(answers, { timeout: 2000, interval: 10 }).toBe(wave);
      everybody.push(...(await slowClients(door, hook.token, 20)));
    }

    expect(good.isClosed()).toBe(false);
    await expect
      .poll(() => everybody.filter((client) => !client.isClosed()).length, { timeout: 5000 })
      .toBeLessThan(50);
    expect(await inboxOf(database, door.tenant)).toHaveLength(8);
  });

  test("a burst of connections makes room for each of them, and leaves no more than there may be", async () => {
    const door = await anAsanaDoor(engine().database, { mostConnections: 50 });
    const burst = await Promise.all(Array.from({ length: 400 }, () => aRawClient(door.port)));

    await expect.poll(() => burst.filter((client) => !client.isClosed()).length, { timeout: 4000 }).toBe(50);
  });
});
