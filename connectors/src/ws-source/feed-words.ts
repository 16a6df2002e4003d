/** What a WebSocket source says in the log. Of the address only origin and path; of the peer's words nothing. */
import type { Log, LogEntry } from "@sluice/engine";
import type { LinkEnd } from "./link.ts";

export function feedWords(source: string, url: URL, log: Log) {
  const peer = `${url.protocol}//${url.host}${url.pathname}`;
  const say = (level: LogEntry["level"], event: string, message: string, fields: LogEntry["fields"] = {}) =>
    log({ level, event, message, fields: { source, peer, ...fields } });
  return {
    connected(isResumable: boolean, seq: number) {
      if (isResumable) say("info", "source-connected", "connected; the feed goes on after seq", { resumes: true, seq });
      else {
        const message =
          "connected to a peer without sluice.resume.v1: what it sends while we are apart is lost (at most once)";
        say("warn", "source-connected", message, { resumes: false });
      }
    },
    lost({ reason, code }: LinkEnd, retryInMs: number) {
      say("warn", "source-disconnected", "no connection to the peer; trying again", { reason, code, retryInMs });
    },
    gap(from: number, to: number) {
      say("warn", "source-gap", "the peer no longer has frames that were not recorded here", { from, to });
    },
    backwards(seq: number) {
      say("error", "source-fault", "the peer's numbers do not rise: the connection is made again; mend the peer", {
        seq,
      });
    },
    otherFeed(seq: number) {
      say("warn", "source-feed-changed", "the peer has another log than before: it is read from its beginning", {
        previousSeq: seq,
      });
    },
    tokenInClear() {
      const message = "the token goes over ws: to another machine, where others may read it: use wss:";
      say("warn", "source-token-in-clear", message);
    },
    notSaved(error: NodeJS.ErrnoException) {
      const message = "the position of the feed cannot be saved, so the peer gets no acknowledgement: check the disk";
      say("warn", "source-position-not-saved", message, { code: error.code ?? error.name });
    },
    failed(message: string) {
      say("error", "source-failed", message);
    },
  };
}
