/** Finds where a key path is written in a YAML document. */
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter, type Node } from "yaml";
import type { Path, Position } from "./document.ts";

function startOf(node: unknown): number | undefined {
  return isNode(node) && node.range ? node.range[0] : undefined;
}

/**
 * @param aim `key`: the name itself; `value`: what stands after it.
 * @returns the deepest part of the path that is written; the top of the file when none of it is.
 */
export function positionOf(
  document: Document.Parsed,
  lines: LineCounter,
  path: Path,
  aim: "key" | "value" = "key",
): Position {
  let node: Node | null = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    if (isAlias(node)) node = (node.resolve(document) as Node | undefined) ?? null;
    const isLast = index === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find((item) => String(isScalar(item.key) ? item.key.value : item.key) === String(step));
      if (pair === undefined) break;
      const value = isNode(pair.value) ? pair.value : null;
      const wanted = isLast && aim === "value" ? startOf(value) : undefined;
      offset = wanted ?? startOf(pair.key) ?? offset;
      node = value;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)];
      if (!isNode(item)) break;
      offset = startOf(item) ?? offset;
      node = item;
    } else break;
  }
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
