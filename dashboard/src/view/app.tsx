/**
 * The whole page: header, notices, tiles, charts, decisions with their detail. On a phone charts and list take turns.
 */
import { useSignal } from "@preact/signals";
import { usePage } from "../page.ts";
import { Charts } from "./charts.tsx";
import { Decisions } from "./decisions.tsx";
import { Detail } from "./detail.tsx";
import { Header } from "./header.tsx";
import { Notices } from "./notices.tsx";
import { Tiles } from "./tiles.tsx";

export function App() {
  const { selection } = usePage();
  const tab = useSignal<"decisions" | "charts">("decisions");
  const isOpen = selection.value.kind !== "none";
  return (
    <div class="app" data-tab={tab.value} data-detail={isOpen ? "open" : "closed"}>
      <Header />
      <main class="main">
        <Notices />
        <Tiles />
        <nav class="tabs" aria-label="What to show">
          {(["decisions", "charts"] as const).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={tab.value === name}
              onClick={() => {
                tab.value = name;
              }}
            >
              {name === "decisions" ? "Decisions" : "Charts"}
            </button>
          ))}
        </nav>
        <Charts />
        <div class="work">
          <Decisions />
          {isOpen && <Detail />}
        </div>
      </main>
    </div>
  );
}
