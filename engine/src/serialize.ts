/**
 * A decision as JSON text, written by hand because it is written for every event: the bytes are those of
 * `JSON.stringify(decision)` for a decision whose keys stand in the order of the contract (a property test holds it).
 */
import type { TemplatePart } from "@sluice/core-wasm";
import type { ContextMatch, Decision, DecisionMatch, Reason } from "./contracts.ts";

export function serializeDecision(decision: Decision): string {
  return createSerializer()(decision);
}

/**
 * As `serializeDecision`, for a stream of decisions: most find nothing and share their verdict, scores and matches as
 * the same objects, so the text of those members is kept from one to the next.
 */
export function createSerializer(): (decision: Decision, plainIds?: boolean) => string {
  const names = createNames();
  let last: Decision | undefined;
  let middle = "";
  return (d, plainIds = false) => {
    if (last === undefined || !hasSameMiddle(last, d)) {
      middle = middleJson(d);
      last = d;
    }
    const head = plainIds ? plainHead(d, names(d)) : quotedHead(d);
    const json = `${head}${middle}${d.latency_us}${tailJson(d)}`;
    // V8 joins its tree of pieces into one string now, while the pieces are cheap to let go (measured).
    json.charCodeAt(0);
    return json;
  };
}

/** From the organisation to the model, none of which needs an escape: kept from one decision to the next. */
function createNames(): (d: Decision) => string {
  let last: Decision | undefined;
  let json = "";
  return (d) => {
    const isSame =
      last !== undefined &&
      d.org_id === last.org_id &&
      d.surface === last.surface &&
      d.tier === last.tier &&
      d.model_version === last.model_version;
    if (isSame) return json;
    last = d;
    json = `","org_id":"${d.org_id}","surface":"${d.surface}","tier":"${d.tier}"`;
    if (d.model_version !== undefined) json += `,"model_version":"${d.model_version}"`;
    json.charCodeAt(0); // see above
    return json;
  };
}

/** Up to `conversation_id`; the ids are known to need no escape. */
function plainHead(d: Decision, names: string): string {
  const json = `{"decision_id":"${d.decision_id}","event_id":"${d.event_id}","revision":${d.revision},"timestamp":"${d.timestamp}","decided_at":"${d.decided_at}","user_id":"${d.user_id}${names}`;
  return d.conversation_id === undefined ? json : `${json},"conversation_id":"${d.conversation_id}"`;
}
function quotedHead(d: Decision): string {
  let json = `{"decision_id":"${d.decision_id}","event_id":${quote(d.event_id)},"revision":${d.revision},"timestamp":${quote(d.timestamp)},"decided_at":${quote(d.decided_at)},"user_id":${quote(d.user_id)},"org_id":${quote(d.org_id)},"surface":${quote(d.surface)},"tier":${quote(d.tier)}`;
  if (d.model_version !== undefined) json += `,"model_version":${quote(d.model_version)}`;
  if (d.conversation_id !== undefined) json += `,"conversation_id":${quote(d.conversation_id)}`;
  return json;
}

/**
 * The same text as parts, for decisions that are as `like` but for ids, times and latency, none of which needs an
 * escape.
 */
export function templateOf(like: Decision): readonly TemplatePart[] {
  const parts: TemplatePart[] = [
    { literal: '{"decision_id":"', slot: "name" },
    { literal: '","event_id":"', slot: "event_id" },
    { literal: `","revision":${like.revision},"timestamp":"`, slot: "timestamp" },
    { literal: '","decided_at":"', slot: "clock" },
    { literal: '","user_id":"', slot: "user_id" },
    { literal: '","org_id":"', slot: "org_id" },
    { literal: '","surface":"', slot: "surface" },
    { literal: '","tier":"', slot: "tier" },
  ];
  if (like.model_version !== undefined) parts.push({ literal: '","model_version":"', slot: "model_version" });
  if (like.conversation_id !== undefined) parts.push({ literal: '","conversation_id":"', slot: "conversation_id" });
  return [...parts, { literal: `"${middleJson(like)}`, slot: "number" }, { literal: tailJson(like), slot: "end" }];
}

/** By identity, never by content: a false "no" costs time, a false "yes" would be a wrong record. */
function hasSameMiddle(a: Decision, b: Decision): boolean {
  return (
    a.reasons === b.reasons &&
    a.scores === b.scores &&
    a.matches === b.matches &&
    a.contexts === b.contexts &&
    a.matches_truncated === b.matches_truncated &&
    a.model === b.model &&
    a.asl === b.asl &&
    a.released === b.released &&
    a.action === b.action &&
    a.severity === b.severity &&
    a.intervention === b.intervention &&
    a.risk === b.risk &&
    a.policy === b.policy &&
    a.pack === b.pack &&
    a.state_revision === b.state_revision
  );
}

/** From `action` to the key of `latency_us`. */
function middleJson(d: Decision): string {
  let json = `,"action":"${d.action}","severity":"${d.severity}","intervention":"${d.intervention}","risk":${d.risk},"scores":{"prompt":${scoresJson(d.scores.prompt)},"completion":${scoresJson(d.scores.completion)}},"matches":${d.matches.length === 0 ? "[]" : matchesJson(d.matches)}`;
  if (d.contexts !== undefined) json += `,"contexts":${contextsJson(d.contexts)}`;
  if (d.matches_truncated !== undefined) json += ',"matches_truncated":true';
  if (d.model !== undefined) json += `,"model":${JSON.stringify(d.model)}`;
  json += `,"asl":${d.asl === null ? "null" : JSON.stringify(d.asl)},"reasons":${d.reasons.length === 0 ? "[]" : reasonsJson(d.reasons)},"released":{"prompt":"${d.released.prompt}","completion":"${d.released.completion}"},"policy":"${d.policy}","pack":"${d.pack}","state_revision":${d.state_revision},"latency_us":`;
  json.charCodeAt(0); // see above
  return json;
}

/** Behind `latency_us`. */
function tailJson({ mode, synthetic }: Decision): string {
  return `,"mode":"${mode}"${synthetic === true ? ',"synthetic":true}' : "}"}`;
}

/** A JSON string. Most ids need no escape, and finding that out is cheaper than `JSON.stringify`. */
export function quote(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 || unit === 0x22 || unit === 0x5c || unit >= 0xd800) return JSON.stringify(text);
  }
  return `"${text}"`;
}

function scoresJson(scores: Readonly<Record<string, number>>): string {
  let json = "";
  for (const category in scores) json += `${json === "" ? "" : ","}${quote(category)}:${scores[category]}`;
  return `{${json}}`;
}

function matchesJson(matches: readonly DecisionMatch[]): string {
  const list = matches.map((m) => {
    const disguise = m.disguise === undefined ? "" : `,"disguise":${JSON.stringify(m.disguise)}`;
    return `{"category":${quote(m.category)},${placeJson(m)}${disguise}${decodedJson(m)}}`;
  });
  return `[${list.join(",")}]`;
}

function contextsJson(contexts: readonly ContextMatch[]): string {
  const list = contexts.map((m) => `{"context":${quote(m.context)},${placeJson(m)}${decodedJson(m)}}`);
  return `[${list.join(",")}]`;
}

const placeJson = ({ rule, field, start, end }: DecisionMatch | ContextMatch) =>
  `"rule":${quote(rule)},"field":"${field}","start":${start},"end":${end}`;
const decodedJson = ({ decoded }: DecisionMatch | ContextMatch) =>
  decoded === undefined ? "" : `,"decoded":"${decoded}"`;

function reasonsJson(reasons: readonly Reason[]): string {
  return JSON.stringify(reasons); // only decisions that found something have any
}
