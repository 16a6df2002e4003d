/**
 * Builds the page to `dist/`: hashed files, all from this origin. Nothing is inlined as a `data:` address and no inline
 * script is written, so that the page works under `default-src 'self'`.
 */
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});
