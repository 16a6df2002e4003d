/**
 * Adds up vitest's JSON reports and prints `N passed, N failed, N skipped` as the last line. A step that failed without
 * a failing test (a build, a type error, a runner that died) counts as one failure. Exit 1 on any failure, or when no
 * test ran.
 */
import { readFileSync } from "node:fs";

const [failedSteps = "0", ...files] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;
for (const file of files) {
  const report = JSON.parse(readFileSync(file, "utf8"));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests + report.numTodoTests;
}
if (failed === 0) failed = Number(failedSteps);
if (passed === 0 && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
