/**
 * The style guide where a program can read it: lengths of lines, functions and files, and what may stand in only one
 * place. An exception is listed with its reason; the list is the place to argue.
 */
import { describe, expect, test } from "vitest";
import { longestFunctions } from "./support/function-lines.ts";
import { type ProjectFile, projectFiles, skipNote, sources } from "./support/project-files.ts";

const LINE_CHARS_MAX = 120;
const FUNCTION_LINES_MAX = 70;
const FILE_LINES_MAX = 300;

type Exceptions = Readonly<Record<string, string>>;
const LONG_FILES: Exceptions = {
  "core-wasm/src/fold/table-data.ts": "made by make-table.mjs",
  "core-wasm/assembly/split.ts": "one grammar, whose parts share the cursor and the list of events",
  "engine/src/contracts.ts": "the vocabulary that all packages share, interfaces only",
  "connectors/src/server/server.test.ts": "every status of every route, against one server",
};
const LONG_FUNCTIONS: Exceptions = {
  "core-wasm/assembly/fold.ts": "foldPlain is one hot loop over registers; parts would have to pass them all",
};
const LONG_LINES: Exceptions = {
  "core-wasm/src/fold/table-data.ts": "made by make-table.mjs",
};
const ENVIRONMENT_READERS: Exceptions = {
  "app/src/shell.ts": "hands the environment of the process to config.ts, so that tests can hand in another",
  "test/sluice-process.ts": "keeps settings of whoever runs the tests from the commands under test",
  "test/support/chromium.ts": "asks where Chromium lies",
  "test/simulation.test.ts": "takes the seed of a run that is to be repeated",
};
const ANY_USERS: Exceptions = {
  "connectors/src/server/testing/client.ts": "tests look into bodies of every shape",
};
const DEFAULT_EXPORTERS: Exceptions = {
  "vitest.config.ts": "vitest wants it so",
  "vitest.long.config.ts": "vitest wants it so",
  "dashboard/vite.config.ts": "vite wants it so",
};
/** Strings, templates and regular expressions on one line: the formatter leaves them whole, and so would a reader. */
const QUOTED = /"(?:[^"\\\n]|\\.)*"|`(?:[^`\\\n]|\\.)*(?:`|$)|(?<=^\s*|[=(,:] ?)\/(?![/*])(?:[^/\\\n]|\\.)+\/[a-z]*/gm;
/** Patterns would find themselves. */
const SELF = "test/tidy.test.ts";

const lines = ({ text }: ProjectFile) => text.split("\n");
const isTest = ({ path }: ProjectFile) => /\.(test|long)\.ts$/.test(path) || path.startsWith("test/");

/** `path:line` of each line that matches, exceptions left out. */
function found(files: readonly ProjectFile[], pattern: RegExp, exceptions: Exceptions = {}): string[] {
  return files
    .filter(({ path }) => path !== SELF && !(path in exceptions))
    .flatMap((file) => lines(file).flatMap((line, at) => (pattern.test(line) ? [`${file.path}:${at + 1}`] : [])));
}

/** The code of a file, line for line: comments blanked out, and what stands in quotes on one line. */
function codeOf({ path, text }: ProjectFile): ProjectFile {
  const blank = (part: string) => part.replace(/[^\n]/g, " ");
  const bare = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g, blank);
  return { path, text: bare };
}
const code = sources.map(codeOf);

test("a function is measured without those inside it, and blocks that are none are not measured", () => {
  const inner = ["  function inner(): void {", ...Array(4).fill("    step();"), "  }"];
  const outer = ["export function outer(): void {", ...inner, "  if (ready) {", "    step();", "  }", "}"];
  const suite = ["describe(name, () => {", ...Array(9).fill("  step();"), "});"];
  const measured = longestFunctions([...outer, ...suite].join("\n"), 0);
  expect(measured).toEqual([
    { line: 2, ownLines: 6 },
    { line: 1, ownLines: 5 },
  ]);
});

describe.skipIf(skipNote !== "")(`the sources${skipNote}`, () => {
  test("have lines of at most 120 characters, what stands in quotes not counted", () => {
    const bare = sources.map(({ path, text }) => ({ path, text: text.replace(QUOTED, '""') }));
    expect(found(bare, new RegExp(`^.{${LINE_CHARS_MAX + 1}}`, "u"), LONG_LINES)).toEqual([]);
  });

  test("have functions of at most 70 lines, functions inside them not counted", () => {
    const long = sources
      .filter(({ path }) => !(path in LONG_FUNCTIONS))
      .flatMap(({ path, text }) =>
        longestFunctions(text, FUNCTION_LINES_MAX).map(({ line, ownLines }) => `${path}:${line} has ${ownLines}`),
      );
    expect(long).toEqual([]);
  });

  test("have at most 300 lines a file, or a reason", () => {
    const long = sources.filter((file) => lines(file).length > FILE_LINES_MAX + 1).map(({ path }) => path);
    expect(long.filter((path) => !(path in LONG_FILES))).toEqual([]);
  });

  test("leave nothing to be done later", () => {
    expect(found(projectFiles, /\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([]);
  });

  test("turn machines into operators in one file alone", () => {
    const makers = found(code, /\bnew Observable\b/);
    expect(makers.filter((place) => !place.startsWith("engine/src/machine.ts:"))).toEqual([]);
    expect(makers).toHaveLength(1);
  });

  test("read the environment in one place alone", () => {
    expect(found(code, /\bprocess\s*\.\s*env\b/, ENVIRONMENT_READERS)).toEqual([]);
  });

  test("export by name", () => {
    expect(found(code, /\bexport\s+default\b|\bas default\b/, DEFAULT_EXPORTERS)).toEqual([]);
  });

  test("say what type a value has", () => {
    const typed = code.filter(({ path }) => !path.includes("/assembly/"));
    expect(found(typed, /(:|<|\||&|\bas|\bof)\s*any\b(?!\()|\bany\[\]/, ANY_USERS)).toEqual([]);
    expect(found(typed, /@ts-(ignore|nocheck)/)).toEqual([]);
  });

  test("open with what the file is", () => {
    const silent = sources.filter((file) => !isTest(file)).filter(({ text }) => !/^(#!.*\n)?\/[*/]/.test(text));
    expect(silent.map(({ path }) => path).filter((path) => !/(^|\/)index\.ts$/.test(path))).toEqual([]);
  });

  test("have no grab-bags", () => {
    const bags = /(^|\/)(utils?|common|helpers?|misc)\.(ts|tsx|mjs)$/;
    expect(sources.map(({ path }) => path).filter((path) => bags.test(path))).toEqual([]);
  });
});

describe.skipIf(skipNote !== "")(`all files${skipNote}`, () => {
  test("name no folder of anybody's machine", () => {
    expect(found(projectFiles, /(^|[\s"'`(=:])\/(work|tmp|home|root|Users|var\/folders)(\/|\b)/)).toEqual([]);
  });

  test("name no registry to install from, and pin every dependency", () => {
    expect(
      found(projectFiles, /npmjs\.(org|com)|yarnpkg\.com|npmmirror|pkg\.github\.com|artifactory|verdaccio/i),
    ).toEqual([]);
    const manifests = projectFiles.filter(({ path }) => /(^|\/)package\.json$/.test(path));
    const loose = manifests.flatMap(({ path, text }) => {
      const { dependencies = {}, devDependencies = {} } = JSON.parse(text) as Record<string, Record<string, string>>;
      const all = Object.entries({ ...dependencies, ...devDependencies });
      return all
        .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
        .map(([name]) => `${path}: ${name}`);
    });
    expect(loose).toEqual([]);
  });
});
