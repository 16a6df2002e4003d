/** A button that copies a value and says so. */
import { useSignal } from "@preact/signals";

export function Copy({ value, what }: { readonly value: string; readonly what: string }) {
  const state = useSignal<"idle" | "copied" | "failed">("idle");
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(value); // only there on loopback and https
      state.value = "copied";
    } catch {
      state.value = "failed";
    }
    setTimeout(() => {
      state.value = "idle";
    }, 1500);
  }
  return (
    <button type="button" class="copy" aria-label={`Copy ${what}`} onClick={copy}>
      {{ idle: "Copy", copied: "Copied", failed: "Not allowed" }[state.value]}
    </button>
  );
}
