/**
 * Texts of quiet events, written by the kernel from templates (assembly/compose.ts): the host makes no string of the
 * event, and takes the texts of many events as one copy. Everything is ASCII, so an offset is a byte and a character.
 */
import { type Composer, FIELDS, type TemplatePart } from "./types.ts";

export interface ComposerKernel {
  compose(template: number, value: number, from: number): number;
}
export interface ComposerAreas {
  readonly templates: number;
  readonly clock: number;
  readonly suffix: number;
  readonly page: number;
}

const TEMPLATES_MAX = 32;
const TEMPLATE_BYTES_MAX = 4096;
const PART_ALIGN = 16;
const SLOTS = { name: 32, clock: 33, number: 34, end: 35 } as const;
const CLOCK_CHARS = 24;
const SUFFIX_CHARS_MAX = 32;

/** @param bytes the kernel's memory. */
export function createComposer(kernel: ComposerKernel, bytes: Buffer, areas: ComposerAreas): Composer {
  let count = 0;
  let generation = 0;
  let clock = "";
  let end = 0;

  return {
    setSuffix(text) {
      check(isAscii(text) && text.length <= SUFFIX_CHARS_MAX, "the suffix of a name is short and ASCII");
      bytes.writeUInt32LE(text.length, areas.suffix);
      bytes.write(text, areas.suffix + 4, "latin1");
    },
    setClock(text) {
      if (text === clock) return;
      clock = text;
      check(text.length === CLOCK_CHARS, "a clock text is YYYY-MM-DDTHH:MM:SS.mmmZ");
      bytes.write(text, areas.clock, "latin1");
    },
    addTemplate(parts) {
      const size = parts.reduce((sum, { literal }) => sum + partBytes(literal), 0);
      if (count === TEMPLATES_MAX || size > TEMPLATE_BYTES_MAX) return undefined;
      if (!parts.every(({ literal }) => isAscii(literal)) || parts.at(-1)?.slot !== "end") return undefined;
      let at = areas.templates + count * TEMPLATE_BYTES_MAX;
      for (const { literal, slot } of parts) {
        bytes.writeUInt32LE(slotNumber(slot), at);
        bytes.writeUInt32LE(literal.length, at + 4);
        bytes.write(literal, at + 8, "latin1");
        at += partBytes(literal);
      }
      count += 1;
      return count - 1;
    },
    clearTemplates() {
      count = 0;
      generation += 1;
    },
    get generation() {
      return generation;
    },
    compose(template, value) {
      const reached = kernel.compose(template, value, end);
      if (reached !== 0) end = reached;
      return reached;
    },
    get end() {
      return end;
    },
    take() {
      const page = Buffer.allocUnsafeSlow(end);
      bytes.copy(page, 0, areas.page, areas.page + end);
      end = 0;
      return page;
    },
  };
}

function check(condition: boolean, invariant: string): void {
  if (!condition) throw new Error(`broken invariant: ${invariant}`);
}

function partBytes(literal: string): number {
  return Math.ceil((8 + literal.length) / PART_ALIGN) * PART_ALIGN;
}

function slotNumber(slot: TemplatePart["slot"]): number {
  switch (slot) {
    case "name":
    case "clock":
    case "number":
    case "end":
      return SLOTS[slot];
    default:
      return FIELDS.indexOf(slot);
  }
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
