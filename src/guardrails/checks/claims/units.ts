/** What a figure counts, and by how much one of it is more than the family's smallest: two weeks are fourteen days. */
export interface Unit {
  readonly unit: string;
  readonly factor: number;
}

/** The unit that a word (lower case) stands for; null for any other word. */
export function unitOf(word: string): Unit | null {
  return units.get(word) ?? null;
}

/** The currency of a sign or code; null for any other. */
export function currencyOf(word: string): string | null {
  return currencies.get(word) ?? null;
}

/** The number of the month that a word (lower case) names; null for any other. */
export function monthOf(word: string): number | null {
  return months.get(word) ?? null;
}

/** By how much a word after a number multiplies it ("1.2 million"); null for any other. */
export function scaleOf(word: string): number | null {
  return scales.get(word) ?? null;
}

const day = 86_400;

/** Time in seconds, and months and what is made of them apart, since no number of days is a month. */
const units = table<Unit>([
  [
    { unit: "second", factor: 1 },
    "second seconds sec secs sekunde sekunden seconde secondes segundo segundos secondo secondi seconden",
  ],
  [{ unit: "second", factor: 60 }, "minute minutes min mins minuten minuto minutos minuti minuut"],
  [{ unit: "second", factor: 3600 }, "hour hours hr hrs h stunde stunden heure heures hora horas ora ore uur uren"],
  [
    { unit: "second", factor: day },
    "day days d tag tage tagen tages jour jours día días dia dias giorno giorni dag dagen",
  ],
  [
    { unit: "second", factor: 7 * day },
    "week weeks wk wks woche wochen semaine semaines semana semanas settimana settimane weken",
  ],
  [{ unit: "second", factor: 14 * day }, "fortnight fortnights"],
  [{ unit: "month", factor: 1 }, "month months mo monat monate monaten mois mes meses mese mesi maand maanden"],
  [
    { unit: "month", factor: 3 },
    "quarter quarters quartal quartale quartalen quartals trimestre trimestres trimestri kwartaal kwartalen",
  ],
  [
    { unit: "month", factor: 12 },
    "year years yr yrs jahr jahre jahren an ans année années año años anno anni jaar jaren",
  ],
  [
    { unit: "month", factor: 120 },
    "decade decades jahrzehnt jahrzehnte jahrzehnten décennie décennies década décadas decennio decenni decennium decennia",
  ],
  [
    { unit: "workday", factor: 1 },
    "workday workdays weekday weekdays werktag werktage werktagen arbeitstag arbeitstage arbeitstagen werkdag werkdagen",
  ],
  [{ unit: "share", factor: 0.01 }, "% percent pct prozent percento procent"],
  [{ unit: "share", factor: 0.001 }, "‰ promille"],
  [{ unit: "point", factor: 1 }, "pp prozentpunkt prozentpunkte prozentpunkten procentpunt procentpunten"],
  [{ unit: "times", factor: 1 }, "times x × fold mal fach fache fachen fois vez veces volta volte keer maal"],
]);

const currencies = table<string>([
  ["EUR", "€ eur euro euros"],
  ["USD", "$ usd us$ dollar dollars dólar dólares dollari"],
  ["GBP", "£ gbp pound pounds pfund livres libras sterline"],
  ["CHF", "chf fr. franken francs"],
  ["JPY", "¥ jpy yen"],
  ["CAD", "cad c$"],
  ["AUD", "aud a$"],
  ["SEK", "sek kronor kr"],
  ["PLN", "pln zł złoty"],
]);

const scales = table<number>([
  [12, "dozen dutzend douzaine douzaines docena docenas dozzina dozijn"],
  [1e3, "k thousand tausend mille mil mila duizend"],
  [1e6, "million millions mio mn millionen millón millones milione milioni miljoen mln"],
  [1e9, "billion billions bn milliard milliards milliarde milliarden mrd miljard miliardi miliardo"],
]);

const months = table<number>([
  [1, "january jan januar janvier enero gennaio januari jänner"],
  [2, "february feb februar février febrero febbraio februari"],
  [3, "march mar märz mars marzo maart"],
  [4, "april apr avril abril aprile"],
  [5, "may mai mayo maggio mei"],
  [6, "june jun juni juin junio giugno"],
  [7, "july jul juli juillet julio luglio"],
  [8, "august aug août agosto augustus"],
  [9, "september sep sept septembre septiembre settembre"],
  [10, "october oct oktober okt octobre octubre ottobre"],
  [11, "november nov novembre noviembre"],
  [12, "december dec dezember dez décembre diciembre dicembre"],
]);

function table<T>(rows: readonly (readonly [T, string])[]): ReadonlyMap<string, T> {
  return new Map(rows.flatMap(([value, words]) => words.split(" ").map((word) => [word, value] as const)));
}
