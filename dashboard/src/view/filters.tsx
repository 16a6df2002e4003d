/** The filters above the list, and pause. What they say is in the page's address. */
import { ACTIONS } from "../decisions/actions.ts";
import { isFiltering, NO_FILTER } from "../decisions/filter.ts";
import { countWord, nameWord } from "../format.ts";
import { usePage } from "../page.ts";

export function Filters() {
  const { list } = usePage().store;
  const filter = list.filter.value;
  const change = (different: Partial<typeof filter>) => list.setFilter({ ...filter, ...different });
  return (
    <search class="filters">
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
      <Choice
        label="Organisation"
        value={filter.organisation}
        names={list.organisations.value}
        onChange={(organisation) => change({ organisation })}
      />
      <Choice
        label="Category"
        value={filter.category}
        names={list.categories.value}
        onChange={(category) => change({ category })}
      />
      <input
        type="search"
        class="field"
        aria-label="Part of an event, user, decision or conversation id"
        placeholder="Find an id"
        value={filter.id}
        onInput={(event) => change({ id: event.currentTarget.value.trim() })}
      />
      {isFiltering(filter) && (
        <button type="button" class="link" onClick={() => list.setFilter(NO_FILTER)}>
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
