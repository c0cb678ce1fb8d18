/**
 * Child of the benchmark: sends whole HTTP requests over some connections at once, each once, the next one of a connection as
 * soon as its last was answered. A process of its own, so that it takes no time away from the server.
 */
import { connect } from "node:net";
import { z } from "zod";

/** @param lanes for each connection its requests, in order */
const orderSchema = z.object({ port: z.number(), lanes: z.array(z.array(z.string())) });

const GOOD = "HTTP/1.1 201 ";

process.once("message", async (message) => {
  const { port, lanes } = orderSchema.parse(message);
  const startedAt = performance.now();
  await Promise.all(lanes.map((requests) => callInTurn(port, requests)));
  process.send?.({ milliseconds: performance.now() - startedAt });
  process.disconnect();
});

function callInTurn(port: number, requests: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    let at = 0;
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    const send = (): void => {
      const request = requests[at];
      at += 1;
      if (request !== undefined) return void socket.write(request, "latin1");
      socket.destroy();
      resolve();
    };
    socket.once("connect", send);
    socket.on("data", (bytes) => {
      // Answers are short: each comes in one piece.
      if (bytes.toString("latin1", 0, GOOD.length) !== GOOD) throw new Error(`Refused: ${bytes.toString("latin1")}`);
      send();
    });
  });
}
