/**
 * What the process uses, by the names that every Prometheus exporter has, and how late its event loop runs: everything
 * waits for that one thread, so its delay is the first thing to look at when latencies rise.
 */
import { createHistogram, type Metric } from "@sluice/engine";

export interface ProcessMetrics {
  metrics(): readonly Metric[];
  /** Ends the watch of the event loop. */
  stop(): void;
}

const LOOK_EVERY_MS = 50;
/** Seconds. */
const DELAY_BOUNDS = [1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.25, 0.5, 1, 5] as const;

export function processMetrics(): ProcessMetrics {
  const delay = createHistogram(DELAY_BOUNDS);
  let dueMs = performance.now() + LOOK_EVERY_MS;
  const timer = setInterval(() => {
    const nowMs = performance.now();
    delay.observe(Math.max(0, nowMs - dueMs) / 1000);
    dueMs = nowMs + LOOK_EVERY_MS;
  }, LOOK_EVERY_MS).unref();

  return {
    metrics() {
      const { user, system } = process.cpuUsage();
      const { rss, heapUsed, external } = process.memoryUsage();
      const one = (type: "counter" | "gauge", name: string, help: string, value: number): Metric => ({
        name,
        help,
        type,
        samples: [{ value }],
      });
      return [
        one("counter", "process_cpu_seconds_total", "Processor time, user and system.", (user + system) / 1e6),
        one("gauge", "process_resident_memory_bytes", "Resident memory.", rss),
        one("gauge", "process_start_time_seconds", "When the process started, Unix time.", startSeconds),
        one("gauge", "nodejs_heap_used_bytes", "JavaScript heap in use.", heapUsed),
        one("gauge", "nodejs_external_memory_bytes", "Memory outside of the heap that JavaScript holds.", external),
        {
          name: "sluice_event_loop_delay_seconds",
          help: "How late a timer ran that was set for 50 ms: what any other work waits too.",
          type: "histogram",
          samples: [delay.sample()],
        },
      ];
    },
    stop: () => clearInterval(timer),
  };
}

const startSeconds = Math.round(performance.timeOrigin) / 1000;
