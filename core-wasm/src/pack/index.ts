/** Packs: from YAML to a checked model. */
export { PackError, type PackFault } from "./pack-error.ts";
export { EXPANSIONS_MAX, LONE_WORD_BYTES_MIN, PHRASE_WORDS_MAX, readPhrase, WORD_BYTES_MAX } from "./phrase.ts";
export { type PackFile, parsePack, readPack } from "./read-pack.ts";
export { PHRASES_MAX } from "./rule-file.ts";
