/**
 * What a text is about beside an attack on the assistant. Labelled attacks carry any topic, so they cannot teach what
 * has none, and words of attacks stand in labelled requests of every topic: alone they would light all of them up. So
 * the head of a topic is a margin: what it learnt, less a share of what the head of attacks learnt. As both are linear,
 * that is a head like any other, and whatever scores it needs not know.
 */
import { JAILBREAK, RISK } from "./heads.ts";
import type { LinearModel } from "./learner.ts";

export interface TopicOptions {
  /** Share of the head of attacks that is taken off. */
  readonly attackShare: number;
}

export const isTopic = (head: string): boolean => head !== RISK && head !== JAILBREAK;

export function marginModel(topic: LinearModel, attack: LinearModel, { attackShare }: TopicOptions): LinearModel {
  return {
    bias: topic.bias - attackShare * attack.bias,
    weights: topic.weights.map((weight, row) => weight - attackShare * attack.weights[row]!),
  };
}

/** The same of log odds by text. */
export function marginScores(topic: Float64Array, attack: Float64Array, { attackShare }: TopicOptions): Float64Array {
  return topic.map((logOdds, text) => logOdds - attackShare * attack[text]!);
}
