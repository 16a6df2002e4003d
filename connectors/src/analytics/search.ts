/**
 * A search as SQL: which decisions meet the conditions, by sequence, one more than the page holds. Pages follow each
 * other by sequence, which only grows, so that decisions that arrive meanwhile make neither gaps nor repeats.
 */
import type { SearchQuestion } from "./contracts.ts";

/** Scores below are not told by a decision. */
const SCORE_MIN = 0.01;

/** One column: seq. */
export function searchSql({ filter, order, afterSeq, limit }: SearchQuestion): string {
  const { org, user, conversation, tiers, surfaces, actions, fromMs, toMs } = filter;
  const conditions = [
    org !== undefined && `org_id = ${quoted(org)}`,
    user !== undefined && `user_id = ${quoted(user)}`,
    conversation !== undefined && `conversation_id = ${quoted(conversation)}`,
    tiers !== undefined && `tier IN (${tiers.map(quoted).join(", ")})`,
    surfaces !== undefined && `surface IN (${surfaces.map(quoted).join(", ")})`,
    actions !== undefined && `action IN (${actions.map(quoted).join(", ")})`,
    fromMs !== undefined && `"timestamp" >= make_timestamp_ms(${whole(fromMs)})`,
    toMs !== undefined && `"timestamp" < make_timestamp_ms(${whole(toMs)})`,
    scoreCondition(filter),
    ruleCondition(filter),
    afterSeq !== undefined && `seq ${order === "newest" ? "<" : ">"} ${whole(afterSeq)}`,
  ].filter((condition) => typeof condition === "string");
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  const direction = order === "newest" ? "DESC" : "ASC";
  return `SELECT seq FROM decisions${where} ORDER BY seq ${direction} LIMIT ${whole(limit + 1)}`;
}

function scoreCondition({ category, minScore }: SearchQuestion["filter"]): string | false {
  if (category === undefined) return minScore !== undefined && `top_score >= ${minScore}`;
  const least = Math.max(minScore ?? 0, SCORE_MIN);
  return `seq IN (SELECT seq FROM scores WHERE category = ${quoted(category)} AND score >= ${least})`;
}

function ruleCondition({ rule }: SearchQuestion["filter"]): string | false {
  if (rule === undefined) return false;
  const isBeginning = rule.endsWith("*");
  const condition = isBeginning ? `starts_with(rule, ${quoted(rule.slice(0, -1))})` : `rule = ${quoted(rule)}`;
  return `seq IN (SELECT seq FROM matches WHERE ${condition})`;
}

/** A SQL string has one escape. NUL, which DuckDB's parser would end at, is in no id. */
const quoted = (text: string) => `'${text.replaceAll("\0", "").replaceAll("'", "''")}'`;
const whole = (value: number) => String(Math.trunc(value));
