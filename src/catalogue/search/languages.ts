/**
 * Whether somebody who asked for `wanted` reads `offered` (both BCP 47): the same language in any region, unless the
 * two name different scripts (zh-Hans, zh-Hant).
 */
export function reads(wanted: string, offered: string): boolean {
  const [language, script] = partsOf(wanted);
  const [otherLanguage, otherScript] = partsOf(offered);
  return language === otherLanguage && (script === null || otherScript === null || script === otherScript);
}

function partsOf(tag: string): readonly [string, string | null] {
  const [language = "", second] = tag.split("-");
  return [language, second?.length === 4 ? second : null];
}
