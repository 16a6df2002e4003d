/** The numbers of a WebSocket source, as `/metrics` shows them. */
import type { Metric } from "@sluice/engine";
import type { FramesInFlight } from "./frames-in-flight.ts";

export interface FeedNumbers {
  readonly isUp: boolean;
  readonly connections: number;
  readonly frames: number;
  readonly bytes: number;
  readonly refused: number;
  readonly gaps: number;
  readonly recordedSeq: number;
  readonly flight: Pick<FramesInFlight, "frames" | "bytes" | "retries" | "isPaused">;
}

export function feedMetrics(source: string, numbers: FeedNumbers): readonly Metric[] {
  const { flight } = numbers;
  const one = (type: "counter" | "gauge", name: string, help: string, value: number): Metric => ({
    name: `sluice_source_${name}`,
    help,
    type,
    samples: [{ labels: { source }, value }],
  });
  return [
    one("gauge", "up", "1 while the source is connected to its peer.", numbers.isUp ? 1 : 0),
    one("gauge", "paused", "1 while the source is not read because too much is in flight.", flight.isPaused ? 1 : 0),
    one("gauge", "unsettled_frames", "Frames received and not yet recorded or refused.", flight.frames),
    one("gauge", "unsettled_bytes", "Bytes of those frames.", flight.bytes),
    one("gauge", "recorded_seq", "Number of the peer's feed up to which all is recorded.", numbers.recordedSeq),
    one("counter", "connections_total", "Connections made since the start.", numbers.connections),
    one("counter", "frames_total", "Frames received since the start.", numbers.frames),
    one("counter", "received_bytes_total", "Bytes of frames received since the start.", numbers.bytes),
    one("counter", "refused_frames_total", "Frames refused before they reached the engine.", numbers.refused),
    one("counter", "retries_total", "Deliveries that could not be recorded and came again.", flight.retries),
    one("counter", "gaps_total", "Gaps in the numbers of the peer's feed.", numbers.gaps),
  ];
}
