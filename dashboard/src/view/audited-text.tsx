/** The retained text, fetched only when the person asks for it: the server records each look. */
import { type Signal, useSignal } from "@preact/signals";
import type { ContextMatch, Decision, DecisionMatch } from "@sluice/engine";
import { ApiError, type AuditedText } from "../api.ts";
import { usePage } from "../page.ts";
import { cutBySpans } from "../text/spans.ts";

type TextState =
  | { readonly kind: "closed" }
  | { readonly kind: "loading" }
  | { readonly kind: "shown"; readonly text: AuditedText }
  | { readonly kind: "failed"; readonly message: string };

export function AuditedTextPanel({ decision }: { readonly decision: Decision }) {
  const { api } = usePage();
  const state: Signal<TextState> = useSignal<TextState>({ kind: "closed" });
  async function show(): Promise<void> {
    state.value = { kind: "loading" };
    try {
      state.value = { kind: "shown", text: await api.text(decision.event_id, decision.org_id) };
    } catch (error) {
      state.value = { kind: "failed", message: explain(error) };
    }
  }
  const { value } = state;
  if (value.kind === "shown") return <Shown decision={decision} text={value.text} />;
  return (
    <div class="audited">
      <button type="button" class="button" disabled={value.kind === "loading"} onClick={show}>
        {value.kind === "loading" ? "Opening…" : "Show text (this look is recorded)"}
      </button>
      <p class="quiet">
        {value.kind === "failed"
          ? value.message
          : "People wrote this text. The ledger will say that it was looked at, and when."}
      </p>
    </div>
  );
}

function Shown({ decision, text }: { readonly decision: Decision; readonly text: AuditedText }) {
  const sides = ["prompt", "completion"] as const;
  return (
    <div class="audited" role="status">
      <p class="quiet">This look was recorded. Highlighted: what rules matched.</p>
      {sides.map((side) => {
        const content = text[side];
        if (content === undefined) return null;
        return (
          <div key={side}>
            <h4>{side}</h4>
            {content === "" ? (
              <p class="quiet">empty</p>
            ) : (
              <Highlighted decision={decision} side={side} text={content} />
            )}
          </div>
        );
      })}
    </div>
  );
}

type Span = DecisionMatch | ContextMatch;

interface HighlightedProps {
  readonly decision: Decision;
  readonly side: "prompt" | "completion";
  readonly text: string;
}

function Highlighted({ decision, side, text }: HighlightedProps) {
  const spans: Span[] = [...decision.matches, ...(decision.contexts ?? [])].filter((span) => span.field === side);
  let offset = 0;
  return (
    <p class="text">
      {cutBySpans(text, spans).map((piece) => {
        const key = offset;
        offset += piece.text.length;
        if (piece.spans.length === 0) return piece.text;
        const isLowering = piece.spans.every((span) => "context" in span);
        return (
          <mark
            key={key}
            data-kind={isLowering ? "context" : "match"}
            title={piece.spans.map((span) => span.rule).join(", ")}
          >
            {piece.text}
          </mark>
        );
      })}
    </p>
  );
}

function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return "The text could not be read.";
  if (error.status === 404) return "No text is kept for this event: the policy did not retain it, or it was erased.";
  if (error.status === 403) return "Text is shown only to a reader on the server's own machine.";
  return `The text was not shown: ${error.message}`;
}
