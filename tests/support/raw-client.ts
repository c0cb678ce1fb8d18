/** A client that sends what it is told, byte by byte if need be, which no HTTP library would. */
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";

export interface RawClient {
  readonly socket: Socket;
  /** All that has come back so far. */
  readonly heard: () => string;
  /** Resolves when the server has closed the connection. */
  readonly closed: Promise<void>;
  readonly isClosed: () => boolean;
}

/** Connected; gone when the test ends. */
export async function aRawClient(port: number): Promise<RawClient> {
  const socket = connect({ port, host: "127.0.0.1" });
  let heard = "";
  let isClosed = false;
  socket.setEncoding("latin1").on("data", (text) => {
    heard += String(text);
  });
  // A server that closes while we still send resets the connection: that is an end like any other here.
  socket.on("error", () => undefined);
  const closed = new Promise<void>((resolve) => {
    socket.once("close", () => {
      isClosed = true;
      resolve();
    });
  });
  onTestFinished(() => void socket.destroy());
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  return { socket, heard: () => heard, closed, isClosed: () => isClosed };
}
