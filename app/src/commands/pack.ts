/** `sluice pack`: compiles a folder of rules into one blob, and tells what a blob holds. */
import type { PackInfo } from "@sluice/core-wasm";
import { EngineError } from "@sluice/engine";
import type { Command } from "commander";
import { EXIT } from "../exit.ts";
import { lineWriter } from "../line-writer.ts";
import { buildPack, openPack } from "../pack.ts";
import type { Shell } from "../shell.ts";
import { formatTable } from "../table.ts";
import { examples } from "./options.ts";

interface BuildOptions {
  readonly out: string;
  readonly model?: string;
}

export function addPack(program: Command, shell: Shell): void {
  const pack = examples(
    program.command("pack").description("detector packs: build, info"),
    "sluice pack info default.pack",
  );
  const build = pack
    .command("build")
    .description("compile a folder of rules; a faulty pack is refused with file, line and reason, exit 1")
    .argument("<dir>", "folder with pack.yaml and rule files")
    .option("--out <file>", "where the blob goes", "sluice.pack")
    .option("--model <weights>", "trained weights to join, such as core-wasm/models/prompt.weights")
    .action(async (directory: string, { out, model }: BuildOptions) => {
      if (shell.stderr.isTTY) shell.stderr.write(`compiling ${directory} …\n`); // the compiler does not pause for a bar
      try {
        const info = buildPack(directory, out, model).pack;
        await printSummary(info, shell, `wrote ${out}`);
        shell.exit(EXIT.success);
      } catch (error) {
        if (!(error instanceof EngineError) || error.code !== "pack-invalid") throw error;
        shell.stderr.write(`${error.message}\n`);
        shell.exit(EXIT.finding);
      }
    });
  examples(build, "sluice pack build my-rules --out my.pack");
  const info = pack
    .command("info")
    .description("what a compiled pack holds")
    .argument("[file]", "a compiled pack (default: the one that comes along)")
    .action(async (file: string | undefined) => {
      await printSummary(openPack(file).pack, shell);
      shell.exit(EXIT.success);
    });
  examples(info, "sluice pack info my.pack");
}

async function printSummary(info: PackInfo, shell: Shell, title?: string): Promise<void> {
  const categories = info.categories.map((name, category) => ({ name, rules: ofCategory(info, category) }));
  const contexts = info.contexts.map(({ name }, context) => ({
    name,
    rules: info.rules.filter((rule) => rule.context === context).length,
  }));
  const { name, version, hash, phraseCount } = info;
  const model = info.model && { sha256: info.model.sha256, heads: info.model.heads.map((head) => head.name) };
  const summary = { name, version, hash, rules: info.rules.length, phrases: phraseCount, categories, contexts, model };
  const out = lineWriter(shell.stdout);
  if (shell.stdout.isTTY) {
    if (title !== undefined) await out.write(title);
    const heads = model === undefined ? "" : `, a trained model of ${model.heads.length} heads`;
    await out.write(`${name} ${version}, ${summary.rules} rules, ${phraseCount} phrases${heads}\n${hash}\n`);
    const rows = [...categories, ...contexts.map((one) => ({ ...one, name: `context ${one.name}` }))];
    const table = formatTable(
      ["category", "rules"],
      rows.map((row) => [row.name, String(row.rules)]),
    );
    for (const line of table) await out.write(line);
  } else await out.write(JSON.stringify(summary));
  await out.close();
}

const ofCategory = ({ rules }: PackInfo, category: number) => rules.filter((rule) => rule.category === category).length;
