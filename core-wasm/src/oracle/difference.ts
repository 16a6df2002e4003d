/** Where kernel and oracle differ on a payload; undefined where they agree on everything they say. For tests alone. */
import type { Detector, Fault, Match, Scan } from "../types.ts";
import type { Oracle, OracleResult } from "./oracle.ts";
import { splitPayload } from "./split-payload.ts";

/** One comparable form for both: every answer spelt out. */
function ofOracle(result: OracleResult): unknown {
  if (result.fault) return { fault: faultOf(result.fault), eventId: result.eventId };
  const { eventTimeMs, canonical, scores, matches, truncated, model } = result;
  const listed = truncated ? matches.length : matches.map(spelt);
  return { eventTimeMs, canonical: Buffer.from(canonical).toString("hex"), scores, matches: listed, truncated, model };
}

function ofKernel(scan: Scan): unknown {
  if (scan.fault) return { fault: faultOf(scan.fault), eventId: scan.text("event_id") };
  const { eventTimeMs, truncated, model: said } = scan;
  const model = said && {
    overall: said.overall,
    scores: [...said.scores],
    rulesScores: [...said.rulesScores],
    rulesLargest: said.rulesLargest,
    isCut: said.isCut,
  };
  const matches = scan.matches();
  const listed = truncated ? matches.length : matches.map(spelt);
  const canonical = Buffer.from(scan.canonical()).toString("hex");
  return { eventTimeMs, canonical, scores: [...scan.scores], matches: listed, truncated, model };
}

const spelt = ({ rule, side, start, end, decoded }: Match) => [rule, side, start, end, decoded ?? ""];
const faultOf = ({ reason, field, offset }: Fault) => [reason, field ?? "", offset];

export function differenceOf(detector: Detector, oracle: Oracle, payload: Uint8Array): string | undefined {
  const say = (what: string, wanted: unknown, found: unknown) => {
    const [a, b] = [JSON.stringify(wanted), JSON.stringify(found)];
    return a === b
      ? undefined
      : `${what}: oracle ${a}, kernel ${b}, payload ${Buffer.from(payload).toString("base64")}`;
  };
  const split = splitPayload(payload);
  const opened = detector.open(payload);
  if (split.fault || !("scan" in opened)) {
    return say("payload", split.fault && faultOf(split.fault), "scan" in opened ? undefined : faultOf(opened));
  }
  const shape = say("shape", [split.kind, split.events.length], [opened.kind, opened.count]);
  if (shape !== undefined) return shape;
  for (const [index, { start, end }] of split.events.entries()) {
    const difference = say(`event ${index}`, ofOracle(oracle.scan(payload, start, end)), ofKernel(opened.scan(index)));
    if (difference !== undefined) return difference;
  }
  return undefined;
}
