/** Light, dark, or as the system has it. */
import { usePage } from "../page.ts";
import { THEMES } from "../theme.ts";

export function ThemeSwitch() {
  const { theme } = usePage();
  return (
    <fieldset class="switch">
      <legend class="sr-only">Colours</legend>
      {THEMES.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={theme.chosen.value === name}
          title={name === "auto" ? "Colours as the system has them" : `Always ${name}`}
          onClick={() => theme.choose(name)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
