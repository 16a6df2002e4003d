/** Folding: from what was written to the words that are meant. */
export { DISGUISES, type Disguise, disguisesOf } from "./disguises.ts";
export { FOLD_PAGES, type FoldEntry, foldClass, foldPage } from "./fold-table.ts";
export { foldText, type Word } from "./fold-text.ts";
export { UNICODE_VERSION } from "./table-data.ts";
