/** Alerts, newest first: when, how grave, what happened and what to do. */
import { countWord, timeWord } from "../format.ts";
import type { LiveAlert } from "../live/frames.ts";
import { usePage } from "../page.ts";
import { Panel, Scroll } from "./panel.tsx";

export function AlertsPanel() {
  const alerts = usePage().store.alerts.value;
  return (
    <Panel
      name="alerts"
      heading="Alerts"
      note={alerts.length === 0 ? "" : countWord(alerts.length)}
      source="The newest alerts of the server, from /live; alerts of one kind within a second are one"
    >
      <Scroll label="Alerts">
        {alerts.length === 0 ? (
          <p class="panel-empty">No alert since the server started or this page was opened.</p>
        ) : (
          <ul class="alerts">
            {alerts.map((alert) => (
              <Alert key={`${alert.at} ${alert.code}`} alert={alert} />
            ))}
          </ul>
        )}
      </Scroll>
    </Panel>
  );
}

function Alert({ alert }: { readonly alert: LiveAlert }) {
  const { code, severity, count, message, at } = alert;
  return (
    <li class="alert" data-severity={severity}>
      <span class="alert-head">
        <b>{severity}</b> {code}
        {count > 1 && ` × ${countWord(count)}`} <time dateTime={at}>{timeWord(at).slice(0, 8)}</time>
      </span>
      <span>{message}</span>
    </li>
  );
}
