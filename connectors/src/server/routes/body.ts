/** Reads the body of a POST, or answers why it cannot be taken. */
import { answerProblem } from "../answer.ts";
import type { PortRequest, PortResponse } from "../port.ts";

const MEDIA_TYPES = new Set(["application/json", "application/x-ndjson", "application/cloudevents+json"]);

/**
 * A content type that no HTML form and no simple cross-origin request can send; parameters such as charset are free.
 */
export function hasJsonType(request: PortRequest): boolean {
  const type = request.header("content-type");
  const end = type.indexOf(";");
  return MEDIA_TYPES.has((end < 0 ? type : type.slice(0, end)).trim().toLowerCase());
}

export function withBody(
  request: PortRequest,
  response: PortResponse,
  bytesMax: number,
  take: (body: Uint8Array) => void,
): void {
  request.readBody(bytesMax, (body) => {
    if (body === "aborted") return;
    if (body === "too-large")
      answerProblem(response, 413, `the body is larger than ${bytesMax} bytes: send fewer events`);
    else if (body === "busy")
      answerProblem(response, 503, "too many bodies are being read: send it again a little later");
    else take(body);
  });
}
