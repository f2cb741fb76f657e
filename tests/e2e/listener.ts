/** A server on loopback that notes whoever comes: what a sandbox must never let through. */
import { createSocket } from "node:dgram";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export interface Listener {
  /** `http://localhost:<port>`. */
  readonly origin: string;
  /** UDP on loopback: what WebRTC would speak to. */
  readonly stun: string;
  /** Requests by their address, and datagrams. */
  readonly heard: string[];
  /** How many connections came, with or without a request. */
  connections: number;
  /** Answers differently from now on; CORS is open to all. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  close(): Promise<void>;
}

export async function listen(): Promise<Listener> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(request.url ?? "");
    response.setHeader("Access-Control-Allow-Origin", "*");
    listener.answer(request, response);
  });
  server.on("connection", () => (listener.connections += 1));
  const socket = createSocket("udp4");
  socket.on("message", () => heard.push("datagram"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const listener: Listener = {
    origin: `http://localhost:${port}`,
    stun: `stun:127.0.0.1:${socket.address().port}`,
    heard,
    connections: 0,
    answer: (_, response) => void response.end("answer"),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => socket.close(() => resolve()));
      }),
  };
  return listener;
}
