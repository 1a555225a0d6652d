/** Words before the name: rue Lauzon, via Roma, calle Mayor. */
export const leading =
  /^(?:rue|avenue|boulevard|bd|allée|chemin|impasse|quai|cours|faubourg|calle|c|avenida|avda|av|paseo|plaza|camino|carretera|carrera|travesía|rua|rúa|travessa|alameda|largo|estrada|praça|r|via|viale|vicolo|piazza|piazzale|corso|largo|strada|contrada|ulica|ul|aleja|al|os|plac|pl|straat|laan|str|bulevardul|calea|jalan|jl|platz|place|route|passage|sentier)$/;
/** Words behind it: Main Street, Håndværkervej as one word, Dózsa György út. */
export const trailing =
  /^(?:street|st|road|rd|avenue|ave|av|lane|ln|drive|dr|boulevard|blvd|way|court|ct|place|pl|terrace|parkway|pkwy|highway|hwy|circle|cir|crescent|cres|close|square|sq|trail|trl|row|walk|gardens|grove|hill|quay|mews|wharf|loop|plaza|alley|pike|turnpike|strasse|straße|str|weg|allee|gasse|platz|straat|laan|gata|gate|vej|vei|veg|vägen|utca|u|út|útja|tér|tere|rakpart|krt|körút|sor|köz|sétány|caddesi|cad|sokak|sokağı)$/;
export const joined =
  /^[\p{L}'’-]{2,}(?:straße|strasse|str|gasse|allee|platz|ufer|damm|steig|chaussee|lände|weg|straat|laan|plein|gracht|kade|dijk|singel|plaats|steeg|hof|gata|gatan|vägen|gränd|torget|stigen|gate|gaten|veien|vegen|bakken|vej|gade|stræde|allé|vænge|katu|tie|kuja|polku|tänav|iela|gatvė|götu|gata|stígur|braut)$/u;
export const unit =
  /^(?:apt|apartment|suite|ste|unit|flat|floor|room|bldg|building|appt|apto|piso|wohnung|whg|bus|étage|lot)$/;
export const box = /^(?:box|postfach|postbus|boîte|apartado|boks|casella)$/;
export const military = /^(?:apo|fpo|dpo)$/;

/** Words that no part of an address is; they end it. */
export const stops: ReadonlySet<string> = new Set(
  `for this last with that which who is was are were has had have will would could can please thanks thank then i you he she it we they my your his her our their
  by on at from until because but so if when while about as than not no yes
  office fax mobile phone tel email e-mail card account asap today tomorrow yesterday tonight now night morning
  said says asked moved lives lived sent arrived address zip code postal post mail billing shipping
  per pro und oder nicht mit bis ist et est pour avec y con para por e il è non en met voor och med`
    .trim()
    .split(/\s+/),
);

/** Words that announce one, up to where it begins. */
export const announced =
  /(?:\baddress(?:es)?(?: of [^.!?\n]{1,40}? (?:is|was)| (?:is|was|to|as|with|in your (?:system|records) (?:is|to)))?:?|\b(?:send|sent|ship|shipped|deliver|delivered|mail|mailed|forward|forwarded) (?:it |them |this |that |my \w+ |the \w+ )?to|\b(?:arrived|delivered|located|situated|based|live|lives|lived|living|reside|resides|office is|moved|meet me|headquartered|sits) (?:at|to)|\bmoving to|\b(?:adresse|anschrift|dirección|indirizzo|adres|endereço)(?: (?:ist|est|es|è|is|é|lautet))?:?|\bwohn(?:e|t|haft)(?: in)?(?: der| am)?|\b(?:habite|vivo en|abito in))[\s:"“]{1,4}(?:the corner of )?/giu;
export const codeAnnounced =
  /\b(?:zip ?code|zip|postal code|post ?code|postcode|plz|postleitzahl|code postal|código postal|cap)(?: (?:is|ist|est|es|è))?[: ]{1,3}/gi;
/** Postal codes that are known by their form: Canada, the United Kingdom, the Netherlands, ZIP+4. */
export const codeForm = /^(?:[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4} ?[A-Z]{2}|\d{5}-\d{4})$/;

export const links: ReadonlySet<string> = new Set(
  "de du des la le les l d da do dos das del della di delle el los las van der den het and of the nan o'".split(" "),
);
