/** Request and reply on NATS as a connection of a load client. One responder, so answers come in order. */
import { connect, createInbox } from "nats";
import type { Answer, Link } from "./link.ts";

/** @param url of the server, with the subject for a path */
export async function openNatsLink(url: URL, onAnswer: (answer: Answer) => void, onEnd: () => void): Promise<Link> {
  const connection = await connect({ servers: url.host, reconnect: false, noAsyncTraces: true });
  void connection.closed().then(onEnd);
  const subject = url.pathname.slice(1);
  const reply = createInbox();
  connection.subscribe(reply, {
    callback(error, message) {
      const isOk = error === null && message.headers?.get("Sluice-Status") === "200";
      onAnswer({ isOk, bytes: message.data.length });
    },
  });
  await connection.flush();
  return {
    send: (bytes) => connection.publish(subject, bytes, { reply }),
    close: () => void connection.close(),
  };
}
