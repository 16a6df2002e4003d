/**
 * Hot reload: a changed policy file takes the place of the policy in force, or is refused and changes nothing; both are
 * told. Changes are taken one after the other, so the last edit wins.
 */
import { watch } from "chokidar";

export interface PolicyWatchOptions {
  readonly path: string;
  /** Reads, compiles and puts in force; rejects when the file is at fault. */
  readonly reload: () => Promise<void>;
  readonly accepted: () => void;
  readonly refused: (error: Error) => void;
}
export interface PolicyWatch {
  /** Resolves when a change that is being taken is in force. */
  close(): Promise<void>;
}

/** An editor may write a file in several steps: wait until its size is steady. */
const STEADY_MS = 100;

/** Resolves when changes from now on are seen. */
export async function watchPolicy({ path, reload, accepted, refused }: PolicyWatchOptions): Promise<PolicyWatch> {
  let turn = Promise.resolve();
  const take = () => {
    turn = turn.then(reload).then(accepted, refused);
  };
  const watcher = watch(path, {
    ignoreInitial: true,
    awaitWriteFinish: { stabilityThreshold: STEADY_MS, pollInterval: STEADY_MS / 4 },
  });
  watcher.on("change", take);
  watcher.on("add", take); // editors that save by renaming
  watcher.on("unlink", () => refused(new Error(`${path} was removed`)));
  watcher.on("error", (error) => refused(error instanceof Error ? error : new Error(String(error))));
  await new Promise<void>((resolve) => watcher.once("ready", resolve));
  return {
    async close() {
      await watcher.close();
      await turn;
    },
  };
}
