/**
 * Child of the benchmark: an Asana that delivers over many connections at once, each as soon as its last delivery was
 * answered. A process of its own, so that it takes no time away from the door, and as plain as can be, since it shares the
 * machine with it.
 */
import { connect } from "node:net";
import { z } from "zod";

/** @param requests whole HTTP requests, taken in turn */
const orderSchema = z.object({
  port: z.number(),
  requests: z.array(z.string()),
  connections: z.number(),
  warmUpMilliseconds: z.number(),
  milliseconds: z.number(),
});

const GOOD = "HTTP/1.1 200 ";

process.once("message", (message) => {
  const { port, requests, connections, warmUpMilliseconds, milliseconds } = orderSchema.parse(message);
  const buffers = requests.map((request) => Buffer.from(request, "latin1"));
  let sent = 0;
  let answered = 0;
  let isOver = false;
  const sockets = Array.from({ length: connections }, () => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    const send = (): void => {
      const request = buffers[sent % buffers.length];
      sent += 1;
      if (request !== undefined) socket.write(request);
    };
    socket.once("connect", send);
    socket.on("data", (bytes) => {
      // Answers are short and have no body: each comes in one piece.
      if (bytes.toString("latin1", 0, GOOD.length) !== GOOD) throw new Error(`Refused: ${bytes.toString("latin1")}`);
      answered += 1;
      if (!isOver) send();
    });
    return socket;
  });
  setTimeout(() => {
    const answeredBefore = answered;
    const startedAt = performance.now();
    setTimeout(() => {
      const perSecond = ((answered - answeredBefore) / (performance.now() - startedAt)) * 1000;
      isOver = true;
      // What is under way is still answered, so that all that was sent can be counted on the other side.
      const ending = setInterval(() => {
        if (answered < sent) return;
        clearInterval(ending);
        for (const socket of sockets) socket.destroy();
        process.send?.({ perSecond, sent });
        process.disconnect();
      }, 10);
    }, milliseconds);
  }, warmUpMilliseconds);
});
