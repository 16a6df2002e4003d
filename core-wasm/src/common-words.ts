/**
 * Common English words, most common first (authored from general knowledge of English; only the rough order matters):
 * a phrase is anchored at a word that is not here, so that ordinary text seldom stops the kernel.
 */
const WORDS =
  "the of and to a in is that for it you was with on as are be this have from or by not but what all were when we there can " +
  "an your which their if do will each about how up out them then she many some so these would other into has more her two " +
  "like him see time could no make than first been its who now people my made over did down only way find use may water " +
  "long little very after words called just where most know get through back much before go good new write our used me man " +
  "too any day same right look think also around another came come work three word must because does part even place well " +
  "such here take why things help put years different away again off went old number great tell men say small every found " +
  "still between name should home big give air line set own under read last never us left end along while might next sound " +
  "below saw something thought both few those always looked show large often together asked house don world going want " +
  "school important until form food keep children feet land side without boy once animals life enough took sometimes four " +
  "head above kind began almost live page got build grow cut kept love person money let please need using create provide " +
  "explain write list information following example best code data text question answer story based given than i s t re ve " +
  "ll d m he his they person someone anyone something anything everything step steps guide instructions instruction detailed " +
  "user system model ai assistant response language program function file computer network online website account company " +
  "health medical doctor drug body death dead kill drugs weapon war attack police law legal illegal against";

export const COMMON_WORDS: ReadonlyMap<string, number> = new Map(
  [...new Set(WORDS.split(" "))].map((word, index) => [word, index]),
);
