/** Everything a decision says: beside the list on a wide page, over it on a phone. */
import type { Decision } from "@sluice/engine";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { reasonInFull } from "../decisions/words.ts";
import { latencyWord, nameWord } from "../format.ts";
import { usePage } from "../page.ts";
import { AuditedTextPanel } from "./audited-text.tsx";
import { Comparisons } from "./comparisons.tsx";
import { Copy } from "./copy.tsx";
import { Scores } from "./scores.tsx";

export function Detail() {
  const { selection, unselect } = usePage();
  const panel = useRef<HTMLElement>(null);
  const chosen = selection.value;
  const decision = chosen.kind === "decision" ? chosen.decision : undefined;

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      const eventId = decision?.event_id;
      unselect();
      focusRow(eventId);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [decision, unselect]);
  useEffect(() => panel.current?.scrollTo({ top: 0 }), [decision?.decision_id]);
  useEffect(() => {
    // Where it covers the page, the keyboard must not stay behind it.
    if (matchMedia("(max-width: 760px)").matches) panel.current?.focus();
  }, []);

  return (
    <aside class="detail" ref={panel} aria-label="Decision in detail" tabIndex={-1}>
      <div class="detail-head">
        {decision ? (
          <h2>
            <span class="badge" data-action={decision.action}>
              {decision.action}
            </span>{" "}
            {decision.org_id}
          </h2>
        ) : (
          <h2>Decision</h2>
        )}
        <button type="button" class="icon-button" aria-label="Close (Escape)" onClick={unselect}>
          ×
        </button>
      </div>
      {decision && <Body key={decision.decision_id} decision={decision} />}
      {chosen.kind === "loading" && <p class="empty">Loading {chosen.target.eventId}…</p>}
      {chosen.kind === "failed" && (
        <p class="empty">
          {chosen.target.eventId} could not be shown: {chosen.message} Check the event id and the organisation in the
          address.
        </p>
      )}
    </aside>
  );
}

/** Back to the row it was opened from; to the list's first when that one has moved on. */
function focusRow(eventId: string | undefined): void {
  const own = eventId === undefined ? undefined : `.row[data-event="${CSS.escape(eventId)}"]`;
  const row = own === undefined ? null : document.querySelector<HTMLElement>(own);
  (
    row ??
    document.querySelector<HTMLElement>('.row[tabindex="0"]') ??
    document.querySelector<HTMLElement>("#decisions")
  )?.focus();
}

function Body({ decision }: { readonly decision: Decision }) {
  return (
    <>
      <Section name="Why">
        <ul class="reasons">
          {decision.reasons.map((reason) => (
            <li key={JSON.stringify(reason)}>{reasonInFull(reason)}</li>
          ))}
          {decision.reasons.length === 0 && (
            <li>No score reached a threshold of this tier, and no other rule applied.</li>
          )}
        </ul>
      </Section>
      <Section name="Outcome">
        <Outcome decision={decision} />
      </Section>
      <Section name="Scores">
        <Scores decision={decision} />
      </Section>
      <Section name="Every comparison">
        <Comparisons decision={decision} />
      </Section>
      <Section name="Matched rules">
        <Matches decision={decision} />
      </Section>
      <Section name="Text">
        <AuditedTextPanel decision={decision} />
      </Section>
      <Section name="Identity">
        <Identity decision={decision} />
      </Section>
      <details class="raw">
        <summary>Raw JSON</summary>
        <Copy value={JSON.stringify(decision)} what="JSON" />
        <pre>{JSON.stringify(decision, undefined, 2)}</pre>
      </details>
    </>
  );
}

function Section({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <section class="section">
      <h3>{name}</h3>
      {children}
    </section>
  );
}

const RELEASE_WORDS = { as_is: "as it is", redacted: "redacted", withheld: "withheld" } as const;

function Outcome({ decision }: { readonly decision: Decision }) {
  const { released, asl, risk, severity, intervention, mode } = decision;
  const facts: readonly (readonly [string, string, string?])[] = [
    ["prompt", RELEASE_WORDS[released.prompt], "What the caller is told to do with the prompt"],
    ["completion", RELEASE_WORDS[released.completion], "What the caller is told to do with the completion"],
    ["severity", severity],
    ["risk", risk.toFixed(4), "Probability that the event is unsafe in any category, under the policy's base rate"],
    ["ASL", asl ? `level ${asl.level}: ${asl.triggers.map(nameWord).join(", ")}` : "no trigger"],
    ["intervention", nameWord(intervention), "What happens to the account"],
    ["mode", mode, "enforce: acted on; shadow: only recorded"],
    ["latency", latencyWord(decision.latency_us), "The work on this event: reading, scoring, deciding"],
  ];
  return <Facts facts={facts} />;
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, string, string?])[] }) {
  return (
    <dl class="pairs">
      {facts.map(([name, value, title]) => (
        <div key={name} title={title}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Matches({ decision }: { readonly decision: Decision }) {
  const { matches, contexts = [] } = decision;
  if (matches.length === 0 && contexts.length === 0) return <p class="quiet">No rule matched.</p>;
  const span = (one: { field: string; start: number; end: number }) => (
    <span class="span">
      {one.field} bytes {one.start}–{one.end}
    </span>
  );
  return (
    <ul class="matches">
      {matches.map((match) => (
        <li key={`${match.rule} ${match.field} ${match.start} ${match.end} ${match.decoded ?? ""}`}>
          <code>{match.rule}</code> {span(match)}
          {match.decoded && <em class="disguise"> decoded from {match.decoded}</em>}
          {match.disguise && <em class="disguise"> disguised: {match.disguise.map(nameWord).join(", ")}</em>}
        </li>
      ))}
      {contexts.map((context) => (
        <li key={`${context.rule} ${context.field} ${context.start} ${context.end}`} class="lowering">
          <code>{context.rule}</code> {span(context)} <em>{nameWord(context.context)} lowers scores</em>
        </li>
      ))}
      {decision.matches_truncated && (
        <li class="quiet">There were more matches than a decision lists; scores count them all.</li>
      )}
    </ul>
  );
}

function Identity({ decision }: { readonly decision: Decision }) {
  const ids: readonly (readonly [string, string | undefined])[] = [
    ["event", decision.event_id],
    ["decision", decision.decision_id],
    ["user", decision.user_id],
    ["organisation", decision.org_id],
    ["conversation", decision.conversation_id],
    ["event time", decision.timestamp],
    ["decided at", decision.decided_at],
    ["policy", decision.policy],
    ["pack", decision.pack],
  ];
  return (
    <>
      <dl class="ids">
        {ids.map(([name, value]) =>
          value === undefined ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd title={value}>
                <span>{value}</span>
                <Copy value={value} what={name} />
              </dd>
            </div>
          ),
        )}
      </dl>
      <Facts
        facts={[
          ["tier", nameWord(decision.tier)],
          ["surface", nameWord(decision.surface)],
          ["model", decision.model_version ?? "–"],
          ["revision", String(decision.revision)],
          ["state", String(decision.state_revision), "Revision of the account state that the decision saw"],
          ["traffic", decision.synthetic ? "synthetic" : "real"],
        ]}
      />
    </>
  );
}
