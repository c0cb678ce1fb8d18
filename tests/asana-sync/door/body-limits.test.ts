import { once } from "node:events";
import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import {
  type AsanaDoor,
  aDelivery,
  aHook,
  anAsanaDoor,
  deliver,
  inboxOf,
  knock,
  problemOf,
  signatureOf,
  type Webhook,
} from "../../support/asana-door.ts";
import { onPostgres } from "../../support/database/engines.ts";
import { aRawClient } from "../../support/raw-client.ts";

const TEN_MEGABYTES = 10_000_000;
const CHUNK = "x".repeat(65_536);

function headOf({ token }: Pick<Webhook, "token">, ...lines: readonly string[]): string {
  const head = [`POST /hooks/asana/${token} HTTP/1.1`, "host: door", "x-hook-signature: 00", ...lines];
  return `${head.join("\r\n")}\r\n\r\n`;
}

/** Sends as long as the server takes it, at most so much. Returns how many bytes it was sent. */
async function pour(socket: Socket, mostBytes: number, write: (chunk: string) => boolean): Promise<number> {
  let bytes = 0;
  while (bytes < mostBytes && socket.writable) {
    bytes += CHUNK.length;
    // It ends with an error when the server has hung up.
    if (!write(CHUNK)) await Promise.race([once(socket, "drain"), once(socket, "close")]).catch(() => undefined);
  }
  return bytes;
}

function codeIn(heard: string): unknown {
  return JSON.parse(heard.slice(heard.indexOf("\r\n\r\n")).trim()).code;
}

onPostgres((engine) => {
  async function aDoorAndHook(): Promise<{ door: AsanaDoor; hook: Webhook }> {
    const door = await anAsanaDoor(engine().database);
    return { door, hook: await aHook(engine().database, door) };
  }

  test("10 MB that are announced are refused before any of them is read, and the connection ends", async () => {
    const { door, hook } = await aDoorAndHook();
    const client = await aRawClient(door.port);

    client.socket.write(headOf(hook, `content-length: ${TEN_MEGABYTES}`));
    await client.closed;

    expect(client.heard()).toMatch(/^HTTP\/1\.1 413 /);
    expect(client.heard()).toMatch(/\r\nconnection: close\r\n/i);
    expect(codeIn(client.heard())).toBe("BODY_TOO_LARGE");
  });

  test("10 MB that are not announced are cut off soon after the first, and the connection ends", async () => {
    const { door, hook } = await aDoorAndHook();
    const client = await aRawClient(door.port);

    client.socket.write(headOf(hook, "transfer-encoding: chunked"));
    // Where the other end reads nothing, what the kernels of both keep for it runs full after a few MB.
    const sent = await pour(client.socket, 100 * TEN_MEGABYTES, (chunk) =>
      client.socket.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`),
    );
    await client.closed;

    expect(sent).toBeLessThan(TEN_MEGABYTES * 2);
    expect((await deliver(door, hook, aDelivery("1"))).status).toBe(200);
  });

  test("a little under the limit is read, a little over is not, however it is sent", async () => {
    const { door, hook } = await aDoorAndHook();
    const bodyOf = (bytes: number) => aDelivery("1").padEnd(bytes, " ");

    expect((await deliver(door, hook, bodyOf(1_000_000))).status).toBe(200);
    expect(await problemOf(await deliver(door, hook, bodyOf(1_000_001)))).toEqual({
      status: 413,
      code: "BODY_TOO_LARGE",
    });
    expect(await inboxOf(engine().database, door.tenant)).toHaveLength(1);
  });

  test("a packed body is not unpacked, so a bomb stays as small as it came", async () => {
    const { door, hook } = await aDoorAndHook();
    const bomb = gzipSync(Buffer.alloc(50_000_000));

    const answer = await knock(door, hook.token, bomb, {
      "content-encoding": "gzip",
      "x-hook-signature": signatureOf(hook.secret, bomb),
    });

    expect(await problemOf(answer)).toEqual({ status: 400, code: "BODY_UNREADABLE" });
    expect(await inboxOf(engine().database, door.tenant)).toEqual([]);
  });

  test("of who knocks at an unknown path, or without a signature, not a byte of the body is waited for", async () => {
    const { door, hook } = await aDoorAndHook();
    const unknown = await aRawClient(door.port);
    unknown.socket.write(headOf({ token: "nobody-gave-this-out" }, "content-length: 1000"));
    const unsigned = await aRawClient(door.port);
    unsigned.socket.write(`POST /hooks/asana/${hook.token} HTTP/1.1\r\nhost: door\r\ncontent-length: 1000\r\n\r\n`);

    await Promise.all([unknown.closed, unsigned.closed]);

    expect(unknown.heard()).toMatch(/^HTTP\/1\.1 404 /);
    expect(unsigned.heard()).toMatch(/^HTTP\/1\.1 401 /);
  });

  test("a path that cannot be decoded is an error of ours in shape, and is not repeated", async () => {
    const { door } = await aDoorAndHook();

    const answer = await knock(door, "%zz<script>", aDelivery("1"), { "x-hook-signature": "00" });

    const text = await answer.clone().text();
    expect(await problemOf(answer)).toEqual({ status: 404, code: "HOOK_UNKNOWN" });
    expect(text).not.toContain("script");
    expect(text).not.toContain("zz");
  });

  test("a body that breaks off leaves nothing and harms nobody", async () => {
    const { door, hook } = await aDoorAndHook();
    const client = await aRawClient(door.port);
    client.socket.end(`${headOf(hook, "content-length: 1000")}{"events":[`);
    await client.closed;

    expect((await deliver(door, hook, aDelivery("1"))).status).toBe(200);
    expect(await inboxOf(engine().database, door.tenant)).toHaveLength(1);
    expect(door.log.join()).not.toContain("UNEXPECTED");
  });
});
