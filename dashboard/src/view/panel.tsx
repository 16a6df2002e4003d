/** The frame that all panels share: a heading, where its numbers come from, and a body. */
import type { ComponentChildren } from "preact";

export interface LegendEntry {
  readonly name: string;
  readonly colour: string;
  readonly value: string;
}

interface PanelProps {
  readonly name: string;
  readonly heading: string;
  readonly note: string;
  /** Where each number comes from; shown on the heading. */
  readonly source: string;
  readonly legend?: readonly LegendEntry[];
  /** Beside the heading. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Panel({ name, heading, note, source, legend = [], aside, children }: PanelProps) {
  return (
    <section class="panel" data-panel={name} aria-labelledby={`panel-${name}`}>
      <header class="panel-head">
        <h2 id={`panel-${name}`} title={source}>
          {heading} <small>{note}</small>
        </h2>
        {legend.length > 0 && <Legend entries={legend} />}
        {aside}
      </header>
      {children}
    </section>
  );
}

export function Legend({ entries }: { readonly entries: readonly LegendEntry[] }) {
  return (
    <ul class="legend">
      {entries.map(({ name, colour, value }) => (
        <li key={name}>
          <span class="swatch" data-colour={colour} aria-hidden="true" />
          {name} <b>{value}</b>
        </li>
      ))}
    </ul>
  );
}

/** A panel's body that scrolls by itself, by wheel and by key. */
export function Scroll({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls, and this holds text
    <div class="scroll" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
