/**
 * The same transport and nothing else, as a process of its own: a server on one of Sluice's adapters that reads each
 * body or frame, counts its bytes, and answers with as many bytes as the query's `answer` says.
 *
 *     node bare-server.js <uws|node>
 *
 * `GET /counted` answers `{"payloads":…,"bytes":…}`.
 */
import { chooseAdapter, PORT_LIMITS, type ServerSetting } from "@sluice/connectors";

const PAYLOAD_BYTES_MAX = 8 * 1024 * 1024;
const BUFFERED_BYTES_MAX = 16 * 1024 * 1024;
/** As a load client knows a good answer by, and padded to the length that is wanted. */
const ANSWER_START = '{"status":200,"padding":"';
const ANSWER_END = '"}';
const HEADERS = { "content-type": "application/json; charset=utf-8" };

const counted = { payloads: 0, bytes: 0 };
/** By query. */
const answers = new Map<string, string>();

function answerOf(query: string): string {
  const made = answers.get(query);
  if (made !== undefined) return made;
  const length = Number(new URLSearchParams(query).get("answer"));
  const answer = ANSWER_START.padEnd(length - ANSWER_END.length, "x") + ANSWER_END;
  answers.set(query, answer);
  return answer;
}

function count(body: Uint8Array): void {
  counted.payloads += 1;
  counted.bytes += body.length;
}

const { name, adapter } = chooseAdapter(process.argv[2] as ServerSetting);
const events = {
  path: "/events",
  frameBytesMax: PAYLOAD_BYTES_MAX,
  bufferedBytesMax: BUFFERED_BYTES_MAX,
  open(socket: { send(text: string): unknown }, { query }: { readonly query: string }) {
    const answer = answerOf(query);
    return {
      message(frame: Uint8Array) {
        count(frame);
        socket.send(answer);
      },
      drain() {},
      close() {},
    };
  },
};
const port = adapter(
  {
    request(request, response) {
      if (request.method === "GET") return response.end(200, HEADERS, JSON.stringify(counted));
      request.readBody(PAYLOAD_BYTES_MAX, (body) => {
        if (typeof body === "string") return response.end(413, HEADERS, "{}");
        count(body);
        response.end(200, HEADERS, answerOf(request.query));
      });
    },
    upgrade: () => ({ route: events }),
    socketRoutes: () => [events],
  },
  { limits: PORT_LIMITS },
);
const address = await port.listen("127.0.0.1", 0);
console.log(`${name} ready on http://${address.host}:${address.port}`);
process.once("SIGTERM", () => void port.close(0).then(() => process.exit(0)));
