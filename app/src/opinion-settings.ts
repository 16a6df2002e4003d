/** The settings of the second judge. What it is asked about, and what it may change, is the policy's. */
import { isLoopback } from "@sluice/connectors";
import { oneOf, type Parsed, type Setting, wholeNumber } from "./setting.ts";

export const JUDGES = ["off", "encoder", "moderation", "chat"] as const;
export type JudgeSetting = (typeof JUDGES)[number];

export interface OpinionConfig {
  /** Who is asked; `off`: nobody, whatever the policy says. */
  readonly secondOpinion: JudgeSetting;
  /** Base of its HTTP interface. */
  readonly secondOpinionUrl: URL | undefined;
  readonly secondOpinionModel: string | undefined;
  /** Name of the environment variable that holds its key; the key itself is no setting, so that no file holds it. */
  readonly secondOpinionKeyEnv: string | undefined;
  readonly secondOpinionTimeoutMs: number;
  /** Calls. */
  readonly secondOpinionPerMinute: number;
}

type OpinionSettings = { readonly [Key in keyof OpinionConfig]: Setting<OpinionConfig[Key]> };

export const OPINION_SETTINGS: OpinionSettings = {
  secondOpinion: {
    flag: "--second-opinion",
    environment: ["SLUICE_SECOND_OPINION"],
    fallback: "off",
    parse: oneOf(JUDGES),
  },
  secondOpinionUrl: {
    flag: "--second-opinion-url",
    environment: ["SLUICE_SECOND_OPINION_URL"],
    fallback: undefined,
    isSecret: true, // a query may hold a key
    parse: judgeUrl,
  },
  secondOpinionModel: {
    flag: "--second-opinion-model",
    environment: ["SLUICE_SECOND_OPINION_MODEL"],
    fallback: undefined,
    parse: (text) => (/^[\w./:@-]{1,128}$/.test(text) ? { value: text } : { wanted: "a model's name" }),
  },
  secondOpinionKeyEnv: {
    flag: "--second-opinion-key-env",
    environment: ["SLUICE_SECOND_OPINION_KEY_ENV"],
    fallback: undefined,
    isSecret: true, // somebody may have put the key here instead of its name
    parse: (text) =>
      /^(?!SLUICE_)[A-Z_][A-Z0-9_]{0,127}$/.test(text)
        ? { value: text }
        : { wanted: "the name of an environment variable (capitals), other than ours that begin with SLUICE_" },
  },
  secondOpinionTimeoutMs: {
    flag: "--second-opinion-timeout",
    environment: ["SLUICE_SECOND_OPINION_TIMEOUT_MS"],
    fallback: 10_000,
    parse: wholeNumber(10, 120_000),
  },
  secondOpinionPerMinute: {
    flag: "--second-opinion-per-minute",
    environment: ["SLUICE_SECOND_OPINION_PER_MINUTE"],
    fallback: 60,
    parse: wholeNumber(1, 100_000),
  },
};

/** Text and key go over this: in the clear on this machine alone. */
function judgeUrl(text: string): Parsed<URL> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  if (isSafe && url.username === "" && url.password === "") return { value: url };
  return { wanted: "an https address without user name and password, or http on this machine" };
}
