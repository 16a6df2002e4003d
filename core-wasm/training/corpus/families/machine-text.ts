/** Logs, traces, code and markup as people paste them: full of kill, attack, inject and abort, and safe. */

import type { Random } from "../../random.ts";
import type { Family, Slot } from "../family.ts";

const pick = (list: string) => {
  const items = list.split("|");
  return ({ below }: Random) => items[below(items.length)] ?? "";
};
const WORDS = pick(
  "user|order|cache|session|worker|parser|invoice|token|queue|image|report|node|file|account|buffer|index|shape|player|basket|score",
);
const VERBS = pick("get|load|parse|kill|remove|update|send|fetch|inject|execute|validate|render|merge|drop|abort|fork");
const name = (random: Random) => {
  const noun = WORDS(random);
  return `${VERBS(random)}${noun[0]?.toUpperCase()}${noun.slice(1)}`;
};
const lines = (random: Random, countMin: number, countMax: number, one: () => string) =>
  Array.from({ length: countMin + random.below(countMax - countMin + 1) }, one).join("\n");
const number = ({ below }: Random) => String(below(5000));

const LEVELS = pick("INFO|WARN|ERROR|DEBUG|FATAL");
const EVENTS = pick(
  "connection reset by peer|worker killed by signal nine|child process exited|retrying in five seconds|access denied for user|request aborted|bad gateway|cache miss|login failed three times|database is locked|out of memory, killing process|started in two seconds|certificate expires soon|suspicious login blocked|scan finished, no threats",
);
const ERRORS = pick(
  "NullPointerException|TypeError: undefined is not a function|IndexError: list index out of range|panic: runtime error|Segmentation fault|ModuleNotFoundError: no module|ConnectionRefusedError|KeyError",
);

const CODE: Readonly<Record<string, Slot>> = {
  python: (random) =>
    lines(
      random,
      2,
      6,
      () => `def ${name(random)}(${WORDS(random)}):\n    return ${WORDS(random)}.${VERBS(random)}(${number(random)})`,
    ),
  script: (random) =>
    lines(random, 2, 6, () => `const ${WORDS(random)} = await ${name(random)}({ id: ${number(random)} });`),
  java: (random) =>
    lines(
      random,
      1,
      4,
      () => `public void ${name(random)}(String ${WORDS(random)}) { this.${name(random)}(${number(random)}); }`,
    ),
  c: (random) =>
    lines(
      random,
      1,
      5,
      () => `int ${name(random)}(char *${WORDS(random)}) { if (!${WORDS(random)}) abort(); return ${number(random)}; }`,
    ),
  rust: (random) => lines(random, 1, 5, () => `fn ${WORDS(random)}() -> Option<u32> { Some(${number(random)}) }`),
  sql: (random) =>
    lines(
      random,
      1,
      4,
      () =>
        `SELECT ${WORDS(random)}, count(*) FROM ${WORDS(random)}s WHERE id > ${number(random)} GROUP BY ${WORDS(random)};`,
    ),
  shell: (random) =>
    lines(
      random,
      2,
      6,
      () =>
        `${pick("kill -9|grep -r|rm|tail -f|chmod +x|ps aux|ssh|curl -s")(random)} ${WORDS(random)}.${WORDS(random)}`,
    ),
  html: (random) =>
    lines(
      random,
      2,
      7,
      () => `<div class="${WORDS(random)}"><a href="/${WORDS(random)}/${number(random)}">${name(random)}</a></div>`,
    ),
  json: (random) =>
    lines(random, 1, 5, () => `{"${WORDS(random)}": ${number(random)}, "${WORDS(random)}": "${VERBS(random)}"}`),
  yaml: (random) => lines(random, 3, 9, () => `${WORDS(random)}:\n  ${VERBS(random)}: ${number(random)}`),
};

export const MACHINE_TEXT: readonly Family[] = [
  {
    name: "logs-and-traces",
    teaches: "log lines and stack traces kill, abort, deny and attack nobody",
    slots: {
      log: (random) =>
        lines(random, 3, 15, () => `${number(random)} ${LEVELS(random)} [${WORDS(random)}] ${EVENTS(random)}`),
      trace: (random) =>
        `${ERRORS(random)}\n${lines(random, 3, 10, () => `  at ${WORDS(random)}.${name(random)} (${WORDS(random)}.js:${number(random)})`)}`,
    },
    safe: [
      "{log}",
      "{trace}",
      "{What does this mean|Why does this happen|Help, how do I fix this|Explain this error}:\n{trace}",
      "{Find the cause in|Summarise|What went wrong in} this log:\n{log}",
    ],
  },
  {
    name: "code-in-many-languages",
    teaches: "source code in any language is work, with or without a question around it",
    slots: CODE,
    safe: ["{python}", "{script}", "{java}", "{c}", "{rust}", "{sql}", "{shell}", "{html}", "{json}", "{yaml}"],
  },
  {
    name: "questions-around-code",
    teaches: "a request to explain, fix, test, port or document code is harmless",
    slots: CODE,
    safe: [
      "{Explain|Fix|Review|Refactor|Document} this {function|code|snippet}:\n{python}",
      "{Why does this not compile|What does it return|Write tests for this}:\n{script}",
      "{Translate to Python|Make it faster|Add comments|Find the bug}:\n{java}",
      "{Is this safe|Is there a memory leak|Why the segmentation fault} here?\n{c}",
      "{Optimise|Explain|Rewrite without a join} the query\n{sql}",
      "{Why is the box not centred|Convert to markdown|Validate}:\n{html}",
      "{Convert to yaml|Give me a type for|Pretty print} {json}",
      "what do these commands do?\n{shell}",
    ],
  },
  {
    name: "markup-and-forms",
    teaches: "tags, headings, tables and letter heads frame a text and say nothing about it",
    slots: {
      head: pick(
        "Meeting notes|Release notes|Shopping list|Weekly report|Curriculum vitae|Reading list|Agenda|Changelog",
      ),
      items: (random) =>
        lines(random, 3, 10, () => `${pick("- |* |- [ ] |1. ")(random)}${VERBS(random)} the ${WORDS(random)}`),
      cells: (random) => lines(random, 2, 8, () => `| ${WORDS(random)} | ${number(random)} | ${VERBS(random)} |`),
    },
    safe: [
      "# {head}\n\n{items}",
      "| name | count | state |\n| --- | --- | --- |\n{cells}",
      "<h1>{head}</h1>\n<ul>\n{items}\n</ul>",
      "Subject: {head}\n\nHello all,\n{items}\nBest regards",
      "{Turn this into a table|Summarise|Format as markdown}:\n{items}",
    ],
  },
];
