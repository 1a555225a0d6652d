/** Whether a word (lower case) is an everyday noun of German business texts, which its capital makes no name. */
export function isGermanNoun(word: string): boolean {
  return nouns.has(word) || nounEnding.test(word);
}

const nounEnding =
  /.{3}(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|ität|itäten|ismus|nis|nisse)$/u;

/** In the forms in which they stand beside another noun: "wie Kunden Fragen stellen", "wie Unternehmen Zeit sparen". */
const nouns: ReadonlySet<string> = new Set(
  (
    "kunde kunden kundin kundinnen frage fragen antwort antworten unternehmen firma firmen betrieb betriebe team teams zeit zeiten arbeit arbeiten alltag " +
    "ruhe sorge sorgen auftrag aufträge aufträgen ware waren lager lagers einkauf verkauf vertrieb angebot angebote rechnung rechnungen kosten geld preis preise " +
    "ziel ziele plan pläne planer projekt projekte prozess prozesse ablauf abläufe schritt schritte aufwand nutzen risiko risiken fehler problem probleme " +
    "thema themen idee ideen beispiel beispiele bericht berichte geschichte geschichten stimme stimmen wort worte wörter zahl zahlen daten tabelle tabellen liste listen " +
    "leute mensch menschen kollege kollegen kollegin kolleginnen chef chefs mitarbeiter mitarbeiterin mitarbeiterinnen mitarbeitern partner partnern lieferant lieferanten " +
    "spediteur spediteure spedition speditionen händler hersteller fahrer disponent disponenten sendung sendungen lieferung lieferungen transport transporte " +
    "branche branchen markt märkte abteilung abteilungen büro büros standort standorte werk werke filiale filialen haus häuser stelle stellen lage tag tage tagen woche wochen " +
    "monat monate monaten jahr jahre jahren stunde stunden morgen abend wochenende wochenenden anfang ende start blick hilfe rat tipp tipps weg wege " +
    "software system systeme werkzeug werkzeuge anwendung lösung lösungen technik programm programme schnittstelle schnittstellen einführung umstellung " +
    "vertrauen qualität sicherheit freude mut wissen können erfahrung erfahrungen ergebnis ergebnisse erfolg erfolge grund gründe unterschied interesse größe besuch gespräch gespräche " +
    "termin termine anfrage anfragen bestellung bestellungen reklamation reklamationen beratung wartung personal platz raum teil teile gruppe gruppen seite seiten praxis"
  ).split(" "),
);
