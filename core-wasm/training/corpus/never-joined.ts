/**
 * Words of minors and words of sexual content, in the languages of the corpus as far as single words tell. Deliberately
 * wide on both sides, because the two must never meet in a record. Short words of other scripts that are part of many
 * innocent ones are left out.
 */
const union = (...parts: readonly string[]) => new RegExp(parts.join("|"), "iu");

export const MINOR = union(
  String.raw`\b(child(ren)?|kids?|minors?|teen(ager)?s?|pupils?|students?|school\w*|bab(y|ies)|toddlers?|infants?)\b`,
  String.raw`\b(daughters?|sons?|nieces?|nephews?|girls?|boys?|young|youth|under ?age\w*|juvenile|adolescent)\b`,
  String.raw`\b\w+[- ]years?[- ]old\b`,
  String.raw`\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(thir|four|fif|six|seven|eigh|nine)teen) year\b`,
  String.raw`\b1?\d year\b`,
  String.raw`\b(bambin[oaie]|ragazzin[oaie]|niñ[oa]s?|enfants?|gamine?s?|crianças?|menin[oa]s?|kinder|kindern?|mädchen)\b`,
  String.raw`\b(kinderen|meisjes?|jongens?|barn|dzieck\w*|dzieci\w*|dět\w*|çocu\w*|anak|anak-anak|bocah|bata|mga bata)\b`,
  String.raw`\b(watoto|mtoto|trẻ em|đứa trẻ|copil\w*|ọmọ)`,
  "дет(и|ей|ям)|реб[её]н|школьни|дітей|дитин|діти|παιδι|ילד|طفل|أطفال|کودک|بچه|بچے|बच्च|শিশু|குழந்தை|ልጅ",
  "孩子|儿童|未成年|小孩|子供|子ども|未成年|아이들|어린이|미성년|เด็ก",
);

export const SEXUAL = union(
  String.raw`\bsex(?!is[tm])|sexual|erotic|porn|nude|naked|undress|intimate|strip(?!s)|orgy|lover|kiss|seduc|aroused?`,
  String.raw`fetish|genital|breast|condom|\bdirty to me`,
  String.raw`\b(sess(o|ual\w*)|sexo|sexe|nackt\w*|nud[oaie]|desnud[oa]s?|nue?s?|naakt\w*|naken|nag[iae]|nah[áýé]|çıplak|seks\w*)\b`,
  String.raw`\b(telanjang|wuda|hubad|ngono|uchi|khiêu dâm|tình dục|khỏa thân|bugil)\b`,
  "секс|порно|голы[йемх]|еротик|σεξ|γυμν|סקס|עירום|جنس[يی]|إباحي|عار(ية|يا)|سکس|برهنه|सेक्स|नग्न|অশ্লীল|যৌন|பாலியல்|ወሲብ",
  "色情|性爱|裸体|裸照|セックス|エロ|섹스|음란|알몸|เซ็กส์|โป๊|เปลือย",
);
