/** What is counted of second opinions, as families of `/metrics`. */
import {
  createHistogram,
  type Histogram,
  type Metric,
  type OpinionOutcome,
  type SkippedQuestions,
} from "@sluice/engine";

/** Seconds: an encoder takes tens of milliseconds, a chat model seconds. */
const CALL_BOUNDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;

export interface OpinionNumbers {
  readonly outcomes: Record<OpinionOutcome, number>;
  readonly skipped: { -readonly [Why in keyof SkippedQuestions]: number };
  readonly seconds: Histogram;
  cached: number;
  sentBytes: number;
  note(outcome: OpinionOutcome, latencyMs: number, sentBytes: number): void;
}

export function opinionNumbers(): OpinionNumbers {
  const numbers: OpinionNumbers = {
    outcomes: { scored: 0, "no-opinion": 0, timeout: 0, fault: 0, aborted: 0 },
    skipped: { over_budget: 0, paused: 0, shed: 0 },
    seconds: createHistogram(CALL_BOUNDS),
    cached: 0,
    sentBytes: 0,
    note(outcome, latencyMs, sentBytes) {
      numbers.outcomes[outcome] += 1;
      numbers.seconds.observe(latencyMs / 1000);
      numbers.sentBytes += sentBytes;
    },
  };
  return numbers;
}

export interface OpinionState {
  readonly waiting: number;
  readonly running: number;
  readonly isPaused: boolean;
}

export function opinionMetrics(numbers: OpinionNumbers, state: OpinionState): readonly Metric[] {
  const { outcomes, skipped, seconds, cached, sentBytes } = numbers;
  const by = (label: string, counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([key, value]) => ({ labels: { [label]: key }, value }));
  const one = (type: "counter" | "gauge", name: string, help: string, value: number): Metric => {
    return { name, help, type, samples: [{ value }] };
  };
  return [
    {
      name: "sluice_second_opinion_calls_total",
      help: "Calls to the second judge since the start.",
      type: "counter",
      samples: by("outcome", outcomes),
    },
    {
      name: "sluice_second_opinion_skipped_total",
      help: "Questions that were not put to it since the start.",
      type: "counter",
      samples: by("reason", skipped),
    },
    one("counter", "sluice_second_opinion_cached_total", "Verdicts that were known already, since the start.", cached),
    one("counter", "sluice_second_opinion_sent_bytes_total", "Masked text sent since the start.", sentBytes),
    {
      name: "sluice_second_opinion_call_seconds",
      help: "Time of a call to the second judge.",
      type: "histogram",
      samples: [seconds.sample()],
    },
    one("gauge", "sluice_second_opinion_waiting", "Questions that wait.", state.waiting),
    one("gauge", "sluice_second_opinion_running", "Calls under way.", state.running),
    one("gauge", "sluice_second_opinion_paused", "1 while the judge is left alone.", state.isPaused ? 1 : 0),
  ];
}
