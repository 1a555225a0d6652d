/** What a bench's framings hold besides plain words, and so which work they make. */
export const framingKinds = ["plain", "figures", "names", "small-names"] as const;
export type FramingKind = (typeof framingKinds)[number];

/**
 * Framings of a language of up to 300 characters, none of them twice in the first 4096: sentences in ever new company,
 * one of them with figures, with names, or with names in small letters, which take a list of words to be told.
 */
export function makeFramings(kind: FramingKind, language: string): () => string {
  const plain = sentences[language] ?? [];
  const middle = kind === "plain" ? plain : (marked[kind][language] ?? []);
  const ends = endings[language] ?? [];
  let made = 0;
  return () => {
    let left = made++;
    const next = (from: readonly string[]) => {
      const one = from[left % from.length] ?? "";
      left = Math.floor(left / from.length);
      return one;
    };
    const framing = [next(plain), next(middle), next(plain), next(ends)].join(" ");
    if (framing.length > 300) throw new Error(`a framing of the bench is too long: ${framing}`);
    return framing;
  };
}

type ByLanguage = Readonly<Record<string, readonly string[]>>;

const sentences: ByLanguage = {
  en: [
    "You are looking at how the plans differ, and that question comes up often.",
    "Here is what a team with the same work on its desk told us about it.",
    "They had the same doubts, and wrote down what became of them.",
    "Have a look before you talk it over with your colleagues.",
    "Somebody who does your job put it in their own words.",
    "It may help you to see which steps came first, and which could wait.",
    "The story is short, and it says what went wrong as well.",
    "If this sounds like your week, the rest of it may be worth your time.",
  ],
  de: [
    "Sie sehen sich an, worin sich die Pläne unterscheiden; danach wird oft gefragt.",
    "Hier steht, was ein Team mit derselben Arbeit uns darüber erzählt hat.",
    "Es hatte dieselben Zweifel und hat aufgeschrieben, was daraus wurde.",
    "Lesen Sie es, bevor Sie mit den anderen darüber sprechen.",
    "Jemand mit Ihrer Aufgabe sagt es in eigenen Worten.",
    "Vielleicht hilft es zu sehen, welche Schritte warten konnten.",
    "Der Bericht ist kurz und sagt auch, was nicht gelungen ist.",
    "Wenn das nach Ihrer Woche klingt, lohnt sich der Rest.",
  ],
  fr: [
    "Vous regardez en quoi les offres diffèrent, et cette question revient souvent.",
    "Voici ce qu'une équipe qui fait le même travail nous en a dit.",
    "Elle avait les mêmes doutes et a noté ce qu'ils sont devenus.",
    "Lisez avant d'en parler avec vos collègues.",
    "Une personne qui fait votre métier le dit avec ses mots.",
    "Cela peut vous aider à voir quelles étapes pouvaient attendre.",
    "Le récit est court et dit aussi ce qui n'a pas marché.",
    "Si cela ressemble à votre semaine, la suite vaut la peine.",
  ],
  es: [
    "Está mirando en qué se diferencian los planes, y es una pregunta frecuente.",
    "Esto es lo que nos contó un equipo con el mismo trabajo.",
    "Tenía las mismas dudas y anotó qué fue de ellas.",
    "Léalo antes de hablarlo con sus colegas.",
    "Alguien con su puesto lo dice con sus propias palabras.",
    "Puede ayudar a ver qué pasos podían esperar.",
    "El relato es corto y dice también lo que no funcionó.",
    "Si se parece a su semana, el resto vale la pena.",
  ],
  it: [
    "State guardando in che cosa i piani sono diversi, ed è una domanda frequente.",
    "Ecco che cosa ci ha raccontato una squadra con lo stesso lavoro.",
    "Aveva gli stessi dubbi e ha scritto come è andata.",
    "Leggete prima di parlarne con i colleghi.",
    "Chi fa il vostro mestiere lo dice con parole proprie.",
    "Può aiutare a vedere quali passi potevano aspettare.",
    "Il racconto è breve e dice anche che cosa non ha funzionato.",
    "Se assomiglia alla vostra settimana, vale la pena di continuare.",
  ],
  nl: [
    "U bekijkt waarin de plannen verschillen, en die vraag komt vaak terug.",
    "Dit is wat een team met hetzelfde werk ons erover vertelde.",
    "Het had dezelfde twijfels en schreef op wat ervan kwam.",
    "Lees het voordat u er met de anderen over praat.",
    "Iemand met uw functie zegt het in eigen woorden.",
    "Het kan helpen om te zien welke stappen konden wachten.",
    "Het verhaal is kort en zegt ook wat niet lukte.",
    "Als dit op uw week lijkt, is de rest de moeite waard.",
  ],
};

const marked: Readonly<Record<Exclude<FramingKind, "plain">, ByLanguage>> = {
  figures: {
    en: [
      "Nine days from the first order to the last, and 40% fewer calls.",
      "By 12 March they had halved it, from six hours to three.",
      "It came to $1.2 million over 18 months, three times what they hoped.",
      "Twenty-five people use it, four out of five of them every day.",
      "Since 2023 a third of the work has gone, about 1,400 hours a year.",
      "Half an hour where it took two days, at 16:40 on a Friday.",
      "From 4.2 to 4.8 out of 5, over two hundred and fifty answers.",
      "They doubled what one shift does, in under a week.",
    ],
    de: [
      "Neun Tage vom ersten Auftrag bis zum letzten, und 40 % weniger Anrufe.",
      "Bis zum 12. März war es halbiert, von sechs Stunden auf drei.",
      "Das waren 1,2 Millionen Euro in 18 Monaten, dreimal so viel.",
      "Fünfundzwanzig Leute nutzen es, vier von fünf jeden Tag.",
      "Seit 2023 ist ein Drittel der Arbeit weg, 1.400 Stunden im Jahr.",
      "Eine halbe Stunde statt zwei Tagen, um 16:40 an einem Freitag.",
      "Von 4,2 auf 4,8 von 5, bei zweihundertfünfzig Antworten.",
      "Eine Schicht schafft doppelt so viel, nach kaum einer Woche.",
    ],
    fr: [
      "Neuf jours de la première commande à la dernière, et 40 % d'appels en moins.",
      "Le 12 mars c'était la moitié, de six heures à trois.",
      "Cela fait 1,2 million d'euros en 18 mois, trois fois plus que prévu.",
      "Vingt-cinq personnes l'utilisent, quatre sur cinq chaque jour.",
      "Depuis 2023 un tiers du travail a disparu, 1 400 heures par an.",
      "Une demi-heure au lieu de deux jours, à 16:40 un vendredi.",
      "De 4,2 à 4,8 sur 5, pour deux cent cinquante réponses.",
      "Une équipe fait le double, en moins d'une semaine.",
    ],
    es: [
      "Nueve días del primer pedido al último, y un 40 % menos de llamadas.",
      "El 12 de marzo era la mitad, de seis horas a tres.",
      "Fueron 1,2 millones de euros en 18 meses, tres veces más.",
      "Veinticinco personas lo usan, cuatro de cinco cada día.",
      "Desde 2023 falta un tercio del trabajo, 1.400 horas al año.",
      "Media hora en lugar de dos días, a las 16:40 de un viernes.",
      "De 4,2 a 4,8 de 5, con doscientas cincuenta respuestas.",
      "Un turno hace el doble, en menos de una semana.",
    ],
    it: [
      "Nove giorni dal primo ordine all'ultimo, e il 40 % di chiamate in meno.",
      "Il 12 marzo era la metà, da sei ore a tre.",
      "Sono 1,2 milioni di euro in 18 mesi, tre volte tanto.",
      "Venticinque persone lo usano, quattro su cinque ogni giorno.",
      "Dal 2023 manca un terzo del lavoro, 1.400 ore all'anno.",
      "Mezz'ora invece di due giorni, alle 16:40 di un venerdì.",
      "Da 4,2 a 4,8 su 5, con duecentocinquanta risposte.",
      "Un turno fa il doppio, in meno di una settimana.",
    ],
    nl: [
      "Negen dagen van de eerste order tot de laatste, en 40% minder telefoon.",
      "Op 12 maart was het de helft, van zes uur naar drie.",
      "Dat was 1,2 miljoen euro in 18 maanden, drie keer zoveel.",
      "Vijfentwintig mensen gebruiken het, vier van de vijf elke dag.",
      "Sinds 2023 is een derde van het werk weg, 1.400 uur per jaar.",
      "Een half uur in plaats van twee dagen, om 16:40 op een vrijdag.",
      "Van 4,2 naar 4,8 op 5, bij tweehonderdvijftig antwoorden.",
      "Een ploeg doet het dubbele, binnen een week.",
    ],
  },
  names: {
    en: [
      "Maria Testwoman of Fakeham Freight said so to Globex last week.",
      "Ask Peter Mockford at Initech how Dr. Samplesson went about it.",
      "Acme Corp saw it first, then Hooli and Umbrella Ltd did.",
      "Jane Nobody left Vandelay for it, and took Bob with her.",
      "In Manchester, Stark and Wayne Enterprises share one board.",
      "McTest & Sons runs it from Reykjavik, beside SAP and Oracle.",
      "Priya Pretend wrote to Contoso about what Fabrikam does.",
      "Northwind's Tom Placeholder has the numbers from Lisbon.",
    ],
    de: [
      "Maria Musterfrau von Schein Logistik sagte das zu Globex.",
      "Fragen Sie Peter Beispiel bei Initech oder Frau Dr. Probst.",
      "Die Acme GmbH sah es zuerst, danach Hooli und die Umbrella AG.",
      "Jana Niemand ging dafür von Vandelay weg, mit Herrn Bogus.",
      "In München teilen sich Stark und Wayne ein Brett.",
      "McTest und Söhne nutzt es aus Wien, neben SAP und Oracle.",
      "Frau Attrappe schrieb an Contoso, was Fabrikam macht.",
      "Tom Platzhalter von Northwind hat die Liste aus Zürich.",
    ],
    fr: [
      "Marie Exemple, de Fictif Transport, l'a dit à Globex.",
      "Demandez à Pierre Modèle chez Initech ou à Mme Essai.",
      "Acme SAS l'a vu d'abord, puis Hooli et Umbrella SA.",
      "Jeanne Personne a quitté Vandelay pour cela, avec Luc.",
      "À Lyon, Stark et Wayne partagent un tableau.",
      "McTest et Fils s'en sert depuis Genève, avec SAP et Oracle.",
      "Monsieur Leurre a écrit à Contoso sur Fabrikam.",
      "Thomas Factice, de Northwind, a la liste de Lisbonne.",
    ],
    es: [
      "María Ejemplo, de Ficticia Transportes, lo dijo a Globex.",
      "Pregunte a Pedro Modelo en Initech o a la señora Prueba.",
      "Acme SA lo vio primero, después Hooli y Umbrella SL.",
      "Juana Nadie dejó Vandelay por ello, con Luis.",
      "En Sevilla, Stark y Wayne comparten un tablero.",
      "McTest e Hijos lo usa desde Madrid, con SAP y Oracle.",
      "El señor Señuelo escribió a Contoso sobre Fabrikam.",
      "Tomás Muestra, de Northwind, tiene la lista de Lisboa.",
    ],
    it: [
      "Maria Esempio, di Finta Trasporti, lo disse a Globex.",
      "Chiedete a Pietro Modello di Initech o alla signora Prova.",
      "Acme SpA lo vide prima, poi Hooli e Umbrella Srl.",
      "Gianna Nessuno lasciò Vandelay per questo, con Luca.",
      "A Torino, Stark e Wayne dividono una lavagna.",
      "McTest e Figli lo usa da Roma, con SAP e Oracle.",
      "Il signor Fittizio scrisse a Contoso di Fabrikam.",
      "Tommaso Campione, di Northwind, ha la lista di Lisbona.",
    ],
    nl: [
      "Maria Voorbeeld van Nep Transport zei het tegen Globex.",
      "Vraag Pieter Model bij Initech of mevrouw Proef.",
      "Acme BV zag het eerst, daarna Hooli en Umbrella NV.",
      "Janneke Niemand verliet Vandelay ervoor, met Luuk.",
      "In Utrecht delen Stark en Wayne een bord.",
      "McTest en Zonen gebruikt het uit Gent, naast SAP en Oracle.",
      "Meneer Schijn schreef Contoso over Fabrikam.",
      "Thomas Monster van Northwind heeft de lijst uit Lissabon.",
    ],
  },
  "small-names": {
    en: [
      "maria testwoman of fakeham freight said so to peter last week.",
      "ask peter mockford or dr samplesson how they went about it.",
      "my name is jane doe, and tom and bob were in the room.",
      "priya pretend wrote to michael about what sarah does.",
      "thanks to john smith the list from lisbon is here.",
      "laura and daniel share one board with mrs miller.",
      "call david before you write to emma johnson again.",
      "it was robert who showed it to lisa and mr brown.",
    ],
    de: [
      "maria musterfrau hat das letzte woche zu peter gesagt.",
      "fragen sie peter schmidt oder frau doktor weber.",
      "mein name ist jana niemand, und tom war dabei.",
      "frau müller schrieb an michael, was sabine macht.",
      "dank thomas fischer ist die liste aus zürich da.",
      "laura und daniel teilen sich ein brett mit herrn klein.",
      "rufen sie stefan an, bevor sie anna schreiben.",
      "es war robert, der es lisa und herrn braun zeigte.",
    ],
    fr: [
      "marie exemple l'a dit à pierre la semaine dernière.",
      "demandez à pierre martin ou à madame durand.",
      "je m'appelle jeanne, et luc était dans la salle.",
      "monsieur dupont a écrit à michel ce que sophie fait.",
      "grâce à thomas bernard la liste est là.",
      "laura et daniel partagent un tableau avec mme petit.",
      "appelez david avant d'écrire à emma.",
      "c'est robert qui l'a montré à lise et à monsieur brun.",
    ],
    es: [
      "maría ejemplo se lo dijo a pedro la semana pasada.",
      "pregunte a pedro garcía o a la señora lópez.",
      "me llamo juana, y luis estaba en la sala.",
      "el señor martínez escribió a miguel lo que hace sofía.",
      "gracias a tomás fernández la lista está aquí.",
      "laura y daniel comparten un tablero con ana ruiz.",
      "llame a david antes de escribir a emma.",
      "fue roberto quien se lo mostró a elisa y a carlos.",
    ],
    it: [
      "maria esempio lo disse a pietro la settimana scorsa.",
      "chiedete a pietro rossi o alla signora bianchi.",
      "mi chiamo gianna, e luca era nella sala.",
      "il signor ferrari scrisse a michele che cosa fa sofia.",
      "grazie a tommaso romano la lista è qui.",
      "laura e daniele dividono una lavagna con anna russo.",
      "chiamate davide prima di scrivere a emma.",
      "fu roberto che lo mostrò a elisa e a carlo.",
    ],
    nl: [
      "maria voorbeeld zei het vorige week tegen pieter.",
      "vraag pieter de vries of mevrouw jansen.",
      "mijn naam is janneke, en luuk was erbij.",
      "meneer bakker schreef aan michiel wat sofie doet.",
      "dankzij thomas visser is de lijst er.",
      "laura en daniel delen een bord met anna smit.",
      "bel david voordat u aan emma schrijft.",
      "het was robert die het aan lisa en kees liet zien.",
    ],
  },
};

const endings: ByLanguage = {
  en: [
    "Read on.",
    "More below.",
    "See for yourself.",
    "Take your time.",
    "Here it is.",
    "It is short.",
    "Ask us.",
    "Worth a look.",
  ],
  de: [
    "Lesen Sie mehr.",
    "Mehr steht unten.",
    "Sehen Sie selbst.",
    "Ohne Eile.",
    "Hier ist es.",
    "Es ist kurz.",
    "Fragen Sie uns.",
    "Ein Blick lohnt.",
  ],
  fr: [
    "Lisez la suite.",
    "Plus bas.",
    "Voyez vous-même.",
    "Sans hâte.",
    "Le voici.",
    "C'est court.",
    "Demandez-nous.",
    "À lire.",
  ],
  es: [
    "Siga leyendo.",
    "Más abajo.",
    "Véalo usted.",
    "Sin prisa.",
    "Aquí está.",
    "Es corto.",
    "Pregúntenos.",
    "Vale la pena.",
  ],
  it: [
    "Leggete ancora.",
    "Più sotto.",
    "Vedete voi.",
    "Con calma.",
    "Eccolo.",
    "È breve.",
    "Chiedeteci.",
    "Da leggere.",
  ],
  nl: [
    "Lees verder.",
    "Meer hieronder.",
    "Kijk zelf.",
    "Zonder haast.",
    "Hier is het.",
    "Het is kort.",
    "Vraag ons.",
    "Kijk even.",
  ],
};
