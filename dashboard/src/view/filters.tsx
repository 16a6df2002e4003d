/** The filters above the list, and pause. What they say is in the page's address. */
import { useSignal } from "@preact/signals";
import { ACTIONS } from "../decisions/actions.ts";
import { isFiltering, NO_FILTER } from "../decisions/filter.ts";
import { countWord, nameWord } from "../format.ts";
import { usePage } from "../page.ts";

export function Filters() {
  const { store, setFilter } = usePage();
  const filter = store.list.filter.value;
  const { organisations, tiers, surfaces, categories } = store.list.names.value;
  const change = (different: Partial<typeof filter>, isStep = true) => setFilter({ ...filter, ...different }, isStep);
  const isOpen = useSignal(false);
  return (
    <search class="filters" data-fields={isOpen.value ? "open" : "closed"}>
      <h2 class="sr-only">Filter decisions</h2>
      <fieldset class="action-filter">
        <legend class="sr-only">Action</legend>
        {ACTIONS.map((action) => {
          const isOn = filter.actions.includes(action);
          const actions = ACTIONS.filter((other) => (other === action ? !isOn : filter.actions.includes(other)));
          return (
            <button
              key={action}
              type="button"
              class="chip"
              data-action={action}
              aria-pressed={isOn}
              onClick={() => change({ actions })}
            >
              {action}
            </button>
          );
        })}
      </fieldset>
      <button
        type="button"
        class="button more-filters"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        {isOpen.value ? "Fewer filters" : "More filters"}
      </button>
      <Choice
        label="Organisation"
        value={filter.organisation}
        names={organisations}
        onChange={(organisation) => change({ organisation })}
      />
      <Choice label="Tier" value={filter.tier} names={tiers} onChange={(tier) => change({ tier })} />
      <Choice label="Surface" value={filter.surface} names={surfaces} onChange={(surface) => change({ surface })} />
      <Choice
        label="Category"
        value={filter.category}
        names={categories}
        onChange={(category) => change({ category })}
      />
      <input
        type="number"
        class="field score-field"
        aria-label="Lowest score, 0 to 1, of the category or of any"
        placeholder="Score ≥"
        min="0"
        max="1"
        step="0.05"
        value={filter.scoreMin === 0 ? "" : filter.scoreMin}
        onInput={(event) => change({ scoreMin: scoreOf(event.currentTarget.value) }, false)}
      />
      <input
        type="search"
        class="field"
        aria-label="Part of an event, user, decision or conversation id"
        placeholder="Find an id"
        value={filter.id}
        onInput={(event) => change({ id: event.currentTarget.value.trim() }, false)}
      />
      {isFiltering(filter) && (
        <button type="button" class="link" onClick={() => setFilter(NO_FILTER)}>
          Clear
        </button>
      )}
      <PauseButton />
    </search>
  );
}

function PauseButton() {
  const { list } = usePage().store;
  const mode = list.mode.value;
  const isHeld = mode.kind !== "live";
  return (
    <button
      type="button"
      class="button pause"
      aria-pressed={isHeld}
      title={
        isHeld
          ? "Follow again; in brackets: decisions that arrived meanwhile. Key: p"
          : "Holds the list; charts and numbers go on. Key: p"
      }
      onClick={isHeld ? list.resume : list.pause}
    >
      {isHeld ? `Resume (${countWord(mode.arrived)})` : "Pause"}
    </button>
  );
}

/** To 1/10,000, as scores are. */
function scoreOf(word: string): number {
  const score = Number(word);
  return score > 0 && score <= 1 ? Math.round(score * 10_000) / 10_000 : 0;
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly names: readonly string[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, names, onChange }: ChoiceProps) {
  const all = value === "" || names.includes(value) ? names : [value, ...names];
  return (
    <select class="field" aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">{label}</option>
      {all.map((name) => (
        <option key={name} value={name}>
          {nameWord(name)}
        </option>
      ))}
    </select>
  );
}
