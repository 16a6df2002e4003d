/** The project's own files, as git knows them: tracked ones, and new ones that are not ignored. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface ProjectFile {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Packages by arrow: each may import those named, and no other. `bench` and `test` may import all. */
export const PACKAGES = ["core-wasm", "engine", "policy", "connectors", "app", "dashboard", "bench"] as const;

const listed = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
  cwd: ROOT,
  encoding: "utf8",
});
/** Why the files cannot be listed, for the name of a suite; "" when they can. */
export const skipNote = listed.status === 0 ? "" : " (skipped: git is not installed, or this is no work tree)";

const BINARY = /\.(png|jpg|ico|woff2?|wasm|pack)$/;
const paths = listed.status === 0 ? listed.stdout.split("\0").filter((path) => path !== "") : [];
export const projectFiles: readonly ProjectFile[] = paths
  // A deleted file is listed until its removal is committed.
  .filter((path) => !BINARY.test(path) && existsSync(ROOT + path))
  .map((path) => ({ path, text: readFileSync(ROOT + path, "utf8") }));

/** Hand-written code: TypeScript, AssemblyScript, and scripts. */
export const sources = projectFiles.filter(({ path }) => /\.(ts|tsx|mjs)$/.test(path));
