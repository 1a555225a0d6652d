/** How much the words around a name speak for a person (above zero) or for a place, a company or a thing (below). */
export function contextWeight(text: string, start: number, end: number): number {
  const before = text.slice(Math.max(0, start - 60), start).toLowerCase();
  const after = text.slice(end, end + 48).toLowerCase();
  const sum = (forms: readonly Weighed[], words: string) =>
    forms.reduce((total, [form, weight]) => (form.test(words) ? total + weight : total), 0);
  return sum(beforeForms, before) + sum(afterForms, after);
}

type Weighed = readonly [form: RegExp, weight: number];

/** What companies and places have at the end of their names. */
const thing =
  "inc|llc|ltd|corp|corporation|gmbh|ag|plc|co|company|group|labs?|technologies|technology|systems|solutions|software|partners|ventures|capital|holdings|industries|institute|university|college|school|hospital|bank|insurance|foundation|foundry|freight|logistics|airlines|hotels?|media|studios?|records|energy|robotics|health|consulting|services|street|st|road|rd|avenue|ave|lane|drive|boulevard|square|park|bridge|river|lake|island|islands|county|city|state|province|airport|station|beach|mountains?|valley|office|offices|team|app|platform|integration|connector|plugin|api";
export const endsAsThing = new RegExp(`^(?:${thing})$`);

const relation =
  "(?:daughter|son|wife|husband|brother|sister|mother|father|mom|mum|dad|uncle|aunt|cousin|friend|boss|colleague|assistant|partner|child|kids?|account|address|birthday|phone|email|office|voice|lawyer|doctor)";

const beforeForms: readonly Weighed[] = [
  [/\b(?:name|names|name's|nickname|surname)(?: is| was|:|,)? ?(?:["“'])?$/, 4],
  [/\bname\b[^.!?\n]{0,24}[?:]\s+(?:user: ?|me: ?|answer: ?)?["“']?$/, 4],
  [
    /\b(?:mein name ist|ich heiße|ich heisse|je m'appelle|mon nom est|me llamo|mi nombre es|mi chiamo|il mio nome è|ik heet|mijn naam is|jag heter|nazywam się|meu nome é|chamo-me)\s+$/,
    5,
  ],
  [/\b(?:named|called|nicknamed|introducing|christened)(?: him| her| me| it| them)? $/, 2],
  [new RegExp(`\\b(?:my|his|her|their|our|your) (?:late |older |younger |old |new )?${relation},? $`), 3],
  [
    /\b(?:directed|written|produced|sung|performed|composed|recorded|painted|played|signed|founded|led|hosted|narrated|authored) by $/,
    2,
  ],
  [
    /\b(?:starring|featuring|feat\.|ft\.|with guest|tribute to|in memory of|in honou?r of|married to|married|assistant to|dating|kissed|hugged|fan of|attn:?|c\/o) $/,
    2,
  ],
  [
    /(?:^|\n|["“'] ?)(?:dear|hi|hello|hey|hallo|bonjour|hola|ciao|liebe|lieber|cher|chère|estimado|estimada|gentile) $/,
    2.5,
  ],
  [/(?:regards|sincerely|cheers|thanks|yours|best|love|grüßen|grüße|cordialement|saludos|saluti),?\s*[-–—]?\s*$/, 2.5],
  [/(?:^|\n)(?:from|to|cc|attn|contact|signed|by|author|customer|client|user|patient|employee)\s?: *$/, 2.5],
  [
    /\b(?:said|says|asked|replied|told|asks|tells|met|thanked|thank you|invited|emailed|called|meet|ask|tell|says|explained|leave me|love you|and his|marry|saw) (?:to )?$/,
    1.5,
  ],
  [/[,!?.]["”'] (?:said|says|asked|replied) $/, 2],
  [/\b(?:had given|gave|handed|sent|told|asked|add|remind|show) $/, 1.2],
  [/\bwhy (?:is|was|did|does|are) $/, 2],
  [/\b(?:correct|change|update|rename|set) (?:it|this|that|my name|the name) (?:correctly )?(?:to|as) $/, 2.5],
  [
    /\b(?:guardian|beneficiary|holder|user|member|passenger|employee|manager|singer|actor|actress|author|producer|director|president|senator|minister|detective|captain|drummer|guitarist|poet|judge|chef|coach|ceo|cto|cfo|founder|ex-[\w-]+)(?::| named| called)? $/,
    1.5,
  ],
  [/\b(?:by|not by|and|or|,|with|than|like) $/, 0.3],
  [
    /\b(?:founders|members|authors|winners|guests|speakers|singers|children|kids|sons|daughters|friends|colleagues|partners|people|names|participants)(?: (?:are|were|include|like))?[:,]? (?:[\p{L}'’-]+(?:, | and )){0,4}$/u,
    2,
  ],
  [/(?:^|\n|[.!?:] )[\p{L}'’-]+(?:, [\p{L}'’-]+)? and $/u, -0.3],
  // Places and companies
  [
    /\b(?:in|at|near|inside|across|throughout|around|outside|visit|visiting|visited|toward|towards|into|leaving|reach|reached) $/,
    -2,
  ],
  [/\b(?:from|to) $/, -0.8],
  [
    /\b(?:moved|moving|travel(?:ed|led|ing)?|fl(?:y|ew|ying)|went|going|drove|coming|trip|arrived|live|lives|living|based|located|born|originally|here|morning|return(?:ed)?|headed|way) (?:here )?(?:in|to|from|at) $/,
    -2.5,
  ],
  [/\b(?:the|a|an|this|these|our|your|its|of the|every|each) $/, -1.5],
  [
    /\b(?:city|town|village|state|country|province|county|region|island|river|street|road|capital|republic|university|kingdom|home city|office|company|startup|firm|brand) (?:of )?$/,
    -3,
  ],
  [
    /\b(?:at|for|joined|work(?:s|ed|ing)? (?:at|for)|use|uses|using|used|with|on|switch(?:ed)? to|moved to|than|connect(?:ed)?|integrat\w+ with) $/,
    -0.7,
  ],
  [/\d $/, -1],
];

const afterForms: readonly Weighed[] = [
  [new RegExp(`^['’]s (?:new |old |own |last |first )?${relation}\\b`), 2.5],
  [/^['’]s\b/, 0.3],
  [
    /^,? (?:said|says|asked|asks|replied|replies|told|tells|explained|explains|laughed|smiled|cried|whispered|shouted|wrote|writes|thinks|thought|believes|listed|wants|wanted|loves|loved|hates|knows|knew|sang|sings|spent|gave|had given|married|died|was born|has to get|just has|felt|feels|met|did he|did she|listed|sat|stood|walked|woke|is a very|is so|is very)\b/,
    1.5,
  ],
  [/^ (?:is|was|and his|and her|and i|who|has|had|will|did)\b/, 0.6],
  [/^ (?:is|was|comes|came|are|were|hails) from\b/, 1],
  [/^ and [\p{L}'’-]+ (?:were|are|have|had|met|went|both|agreed|started|founded)\b/u, 1.2],
  [/^ (?:were|are|have|agreed) /, 0.6],
  // "Sample, Specimen and Fixture became": a firm of three names does one thing
  [/^(?:, [\p{L}'’-]+)? and [\p{L}'’-]+(?:'s| (?:is|was|became|has|office|version|invested|inc|llc|ltd)\b|\n)/u, -1.5],
  [/^: ?["“\\]/, 2],
  [/^,? (?:jr|sr|phd|md|esq|ceo|cto|cfo|coo|vp)\b/, 2.5],
  [/^,? (?:aged? \d|born (?:in|on) )/, 2],
  [/^ (?:so (?:\w+)\?)/, 0.5],
  // Places and companies
  [new RegExp(`^,? (?:${thing})\\b`), -4],
  [/^, (?:[A-Z]{2}\b|usa|uk|us)\b/i, -1],
  [
    /^ (?:is a \d{4}|invested|announced|raised|launched|acquired|was super fun|is located|was founded|lets you|allows|offers|provides|sells|integrates)\b/,
    -2,
  ],
  [/^ ?(?:[®™©]|\.(?:com|io|org|net|de)\b)/, -3],
];
