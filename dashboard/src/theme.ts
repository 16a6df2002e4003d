/** Light, dark, or as the system has it; what the person chose is kept in this browser. */
import { type ReadonlySignal, signal } from "@preact/signals";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export interface ThemeState {
  readonly chosen: ReadonlySignal<Theme>;
  /** What is drawn. */
  readonly isDark: ReadonlySignal<boolean>;
  choose(theme: Theme): void;
}

const KEY = "sluice-theme";

export function createTheme(): ThemeState {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = signal<Theme>(THEMES.find((theme) => theme === readKept()) ?? "auto");
  const isDark = signal(false);
  function apply(): void {
    isDark.value = chosen.value === "auto" ? system.matches : chosen.value === "dark";
    document.documentElement.dataset.theme = isDark.value ? "dark" : "light";
  }
  system.addEventListener("change", apply);
  apply();
  return {
    chosen,
    isDark,
    choose(theme) {
      chosen.value = theme;
      apply();
      try {
        localStorage.setItem(KEY, theme);
      } catch {
        // A browser that keeps nothing still shows what was chosen.
      }
    },
  };
}

function readKept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
