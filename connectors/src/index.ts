export {
  type AnalyticsProgress,
  type AnalyticsStore,
  type Column,
  type Coverage,
  QUERY_ROWS_DEFAULT,
  QUERY_ROWS_MAX,
  type Refusal,
  type SearchAnswer,
  type SqlAnswer,
} from "./analytics/contracts.ts";
export { type AnalyticsOptions, createAnalytics, ROWS_MAX_RANGE } from "./analytics/duckdb-analytics.ts";
export { ANALYTICS_TABLES, type DocumentedTable, sqlType } from "./analytics/schema.ts";
export { type FileProgress, type FileSourceOptions, fileSource } from "./file/file-source.ts";
export { type ExportOptions, exportLedger } from "./ledger/export.ts";
export { type LedgerOptions, type LedgerState, type LedgerStore, openLedger } from "./ledger/ledger.ts";
export { type LockHolder, lockHolder } from "./ledger/lock.ts";
export type { Recovered } from "./ledger/recovery.ts";
export { type VerifyFault, type VerifyOptions, type VerifyReport, verifyLedger } from "./ledger/verify.ts";
export type { SyncMode } from "./ledger/writer.ts";
export { serveNatsCheck } from "./nats/check-service.ts";
export { connectNats } from "./nats/client.ts";
export type * from "./nats/contracts.ts";
export { DEAD_PAYLOAD_BYTES_MAX, natsDeadLetter } from "./nats/dead-letter.ts";
export { natsEventPublisher } from "./nats/event-publisher.ts";
export { followNatsDecisions } from "./nats/follow-decisions.ts";
export { publishNatsNotices } from "./nats/notices.ts";
export { openNatsOutbox } from "./nats/outbox.ts";
export { parseServerUrl, type ServerAddress } from "./nats/server-url.ts";
export { natsSource } from "./nats/source.ts";
export { openNatsStreams, STREAM_OPTIONS } from "./nats/streams.ts";
export { decodeToken, encodeToken } from "./nats/subjects.ts";
export { type AskerOptions, createOpinionAsker, type OpinionAsker } from "./second-opinion/asker.ts";
export { type ChatJudgeOptions, chatJudge } from "./second-opinion/chat-judge.ts";
export {
  type JudgedText,
  JudgeFault,
  type JudgeFaultReason,
  type Judgement,
  type SecondJudge,
} from "./second-opinion/contracts.ts";
export { ENCODER_PACKAGES, encoderJudge, isEncoderInstalled } from "./second-opinion/encoder-judge.ts";
export { type ModerationJudgeOptions, moderationJudge } from "./second-opinion/moderation-judge.ts";
export { type AdapterChoice, chooseAdapter, SERVER_SETTINGS, type ServerSetting } from "./server/adapter-choice.ts";
export type { Authorisation, Authorise } from "./server/front.ts";
export { isLoopback } from "./server/guard.ts";
export { LIVE_OPTIONS, type LiveOptions } from "./server/live/hub.ts";
export { nodeAdapter } from "./server/node/adapter.ts";
export {
  type ListenAddress,
  PORT_LIMITS,
  type PortLimits,
  type ServerAdapter,
  type ServerPort,
} from "./server/port.ts";
export type { DecisionLedger, Texts } from "./server/routes/decisions.ts";
export {
  createServer,
  SERVER_OPTIONS,
  type ServerOptions,
  type ServerParts,
  type SluiceServer,
} from "./server/server.ts";
export { type WsSource, type WsSourceOptions, wsSource } from "./ws-source/ws-source.ts";
