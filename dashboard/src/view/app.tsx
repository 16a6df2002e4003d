/** The whole page: header, notices, tiles, panels, list and detail. On a phone panels and list take turns. */
import { useSignal } from "@preact/signals";
import { usePage } from "../page.ts";
import { ActionsPanel } from "./actions-panel.tsx";
import { AlertsPanel } from "./alerts-panel.tsx";
import { Decisions } from "./decisions.tsx";
import { Detail } from "./detail.tsx";
import { Header } from "./header.tsx";
import { HealthPanel } from "./health-panel.tsx";
import { Notices } from "./notices.tsx";
import { OrganisationsPanel } from "./organisations-panel.tsx";
import { RatePanel } from "./rate-panel.tsx";
import { RiskPanel } from "./risk-panel.tsx";
import { Tiles } from "./tiles.tsx";

export function App() {
  const { selection } = usePage();
  const tab = useSignal<"decisions" | "panels">("decisions");
  const isOpen = selection.value.kind !== "none";
  return (
    <div class="app" data-tab={tab.value} data-detail={isOpen ? "open" : "closed"}>
      <a class="skip" href="#decisions">
        Skip to the decisions
      </a>
      <Header />
      <main class="main">
        <Notices />
        <Tiles />
        <nav class="tabs" aria-label="What to show">
          {(["decisions", "panels"] as const).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={tab.value === name}
              onClick={() => {
                tab.value = name;
              }}
            >
              {name === "decisions" ? "Decisions" : "Panels"}
            </button>
          ))}
        </nav>
        <div class="panels">
          <RatePanel />
          <RiskPanel />
          <ActionsPanel />
          <OrganisationsPanel />
          <HealthPanel />
          <AlertsPanel />
        </div>
        <Decisions />
      </main>
      {isOpen && <Detail />}
    </div>
  );
}
