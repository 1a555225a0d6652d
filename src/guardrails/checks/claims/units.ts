/** Units by their canonical name, with how they are written. */
const units: Readonly<Record<string, string>> = {
  "%": "%|‰|percent|per cent|pct|prozent|pour cent|por ciento|per cento|procent",
  times: "x|×|times|fold|fach|mal|fois|veces|keer|volte",
  second: "s|sec|secs|seconds?|sekunden?|secondes?|segundos?|seconden?|secondi|secondo",
  minute: "min|mins|minutes?|minuten?|minutos?|minuut|minuti|minuto",
  hour: "h|hrs?|hours?|stunden?|heures?|horas?|uur|uren|ore|ora",
  day: "days?|tagen?|tage|tag|jours?|días?|dias?|dagen|dag|giorni|giorno",
  week: "weeks?|wochen?|semaines?|semanas?|weken|settimane|settimana",
  month: "months?|monaten?|monate|monat|mois|mes|meses|maanden|maand|mesi|mese",
  quarter: "quarters|quartale?n?|trimestres?|kwartalen|trimestri",
  year: "years?|jahren?|jahre|jahr|ans?|années?|años?|jaren|jaar|anni|anno",
  EUR: "€|eur|euros?",
  USD: "\\$|usd|dollars?",
  GBP: "£|gbp|pounds?",
  JPY: "¥|jpy",
  CHF: "chf|franken|francs?",
  SEK: "sek",
  PLN: "pln",
  CAD: "cad",
  AUD: "aud",
  star: "stars?|sternen?|sterne|étoiles?|estrellas?|sterren|stelle",
  "percentage-point": "percentage points?|prozentpunkten?|prozentpunkte|points de pourcentage",
  user: "users?|nutzern?|nutzer|utilisateurs?|usuarios|gebruikers|utenti",
  customer: "customers?|kunden|clients?|clientes|klanten|clienti",
  company: "companies|company|unternehmen|firmen|entreprises?|empresas?|bedrijven|aziende",
  team: "teams?|équipes?|equipos?|squadre",
  site: "sites?|standorten?|standorte|locations?|sedes|vestigingen|sedi",
  review: "reviews?|bewertungen|avis|reseñas|beoordelingen|recensioni",
  order: "orders?|aufträgen?|aufträge|commandes?|pedidos?|bestellingen|ordini",
};

const byForm = Object.entries(units).map(([name, forms]) => [name, new RegExp(`^(?:${forms})$`, "iu")] as const);

/** Alternatives for a pattern, longest first; a letter must not follow one that ends in a letter. */
export const unitWords = `(?:${Object.values(units)
  .flatMap((forms) => forms.split("|"))
  .sort((a, b) => b.length - a.length)
  .join("|")})(?![\\p{L}\\p{M}])`;

/** The canonical name of a unit as written; null for what is none. */
export function unitOf(written: string): string | null {
  const text = written.trim();
  if (text === "") return null;
  for (const [name, form] of byForm) if (form.test(text)) return name;
  return null;
}
