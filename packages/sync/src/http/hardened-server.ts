/**
 * An HTTP server that slow clients cannot fill. Each has a few seconds for its headers and for all of a request, and when
 * there are too many connections, the one that has gone longest without a finished request makes room for the new one: so
 * whoever asks and is answered stays, and whoever only holds a place loses it.
 */
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { Socket } from "node:net";

export interface ServerLimits {
  readonly headersMilliseconds: number;
  readonly requestMilliseconds: number;
  /** How often they are looked at: so much later a client is cut off at most. */
  readonly lookEveryMilliseconds: number;
  /** Longer than load balancers keep theirs, so that none of them sends into a connection that we close. */
  readonly idleMilliseconds: number;
  readonly mostHeaderBytes: number;
  readonly mostConnections: number;
}

const LIMITS: ServerLimits = {
  headersMilliseconds: 5000,
  requestMilliseconds: 8000,
  lookEveryMilliseconds: 500,
  idleMilliseconds: 65_000,
  mostHeaderBytes: 8192,
  mostConnections: 4000,
};
/** A client that stays for ever would stick to one process of several. */
const MOST_REQUESTS_A_CONNECTION = 10_000;

/** Not listening yet. */
export function hardenedServer(listener: RequestListener, overrides: Partial<ServerLimits> = {}): Server {
  const limits = { ...LIMITS, ...overrides };
  const server = createServer(
    {
      headersTimeout: limits.headersMilliseconds,
      requestTimeout: limits.requestMilliseconds,
      connectionsCheckingInterval: limits.lookEveryMilliseconds,
      keepAliveTimeout: limits.idleMilliseconds,
      maxHeaderSize: limits.mostHeaderBytes,
    },
    listener,
  );
  server.maxRequestsPerSocket = MOST_REQUESTS_A_CONNECTION;
  makeRoom(server, limits.mostConnections);
  return server;
}

function makeRoom(server: Server, mostConnections: number): void {
  /** What each is asking, in order of their last finished request. */
  const connections = new Map<Socket, IncomingMessage | undefined>();
  server.on("connection", (socket) => {
    if (connections.size >= mostConnections) slowestOf(connections)?.destroy();
    connections.set(socket, undefined);
    socket.once("close", () => connections.delete(socket));
  });
  server.on("request", (request, response) => {
    const { socket } = request;
    connections.set(socket, request);
    response.once("finish", () => {
      if (connections.delete(socket) && !socket.destroyed) connections.set(socket, undefined);
    });
  });
}

/** One that waits for us is not slow. */
function slowestOf(connections: ReadonlyMap<Socket, IncomingMessage | undefined>): Socket | undefined {
  for (const [socket, request] of connections) if (request?.complete !== true) return socket;
  return undefined;
}
