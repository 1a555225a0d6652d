/**
 * Whether a text reads as if it told a machine (or its reader) what to do, rather than what somebody experienced or
 * wants of the product. One strong sign is enough; of weak ones, which stand in honest questions and wishes as well, it
 * takes two of different kinds. It only decides whether a person looks: it can't be complete, and nothing that must hold
 * rests on it.
 */
export function isInstructionLike(text: string): boolean {
  const folded = text
    .normalize("NFKC")
    .replace(/[‘’´`]/g, "'")
    .replace(/\s+/g, " ")
    .trim();
  return (
    strong.some((sign) => sign.test(folded)) || weak.filter((kind) => kind.some((sign) => sign.test(folded))).length > 1
  );
}

const order =
  "(?:tell|give|show|share|explain|describe|decode|translate|encode|confirm|provide|list|write|print|repeat|reveal|send|recommend|help me|summari[sz]e|say|talk about|login|sort|step by step|discuss|ignore|forget)";
const work =
  "(?:poem|haiku|acrostic|story|essay|paragraph|sentence|email|e-mail|letter|song|joke|script|code|program|password|pass ?phrase|pass ?code|response|answer|list|recipe|summary|reply|message|string)s?";
const secret =
  "(?:pass ?words?|pass ?codes?|pass ?phrases?|secret (?:key|code|word)s?|api keys?|credentials?|social security number|bank balance|birth ?(?:date|day|year|month)|email address|e-mail address|current city|system prompt|access token)";
const earlier =
  "(?:previous|prior|above|preceding|earlier|foregoing|existing|former|initial|original|all|any|your|these|those|the|my|our|other|system)";
const rules =
  "(?:instructions?|directives?|directions|rules?|guidelines?|prompts?|commands?|orders|constraints|restrictions|programming|context|tasks?|training|(?:were|was|been) (?:told|instructed|taught))";

/** Each is enough by itself; kept to what hardly stands in what a customer says of a product. */
const strong: readonly RegExp[] = [
  // Overriding what was said before
  new RegExp(
    `\\b(?:ignor(?:e|ing)|forget(?:ting)?|disregard(?:ing)?|overlook|override|bypass|drop|discard|do not (?:follow|obey)|don't (?:follow|obey)|stop following|regardless of)\\b[^.!?]{0,30}\\b${earlier}\\b[^.!?]{0,40}\\b${rules}\\b`,
    "i",
  ),
  /\b(?:ignore|forget|disregard|overlook)\s+(?:the|this|that|all|about|everything|everthing|what)\b[^.!?]{0,60}(?:,|\band\b|[.!])\s*(?:just\s+)?(?:can|could|say|state|give|tell|print|repeat|write|output|instead|reply|respond|answer)\b/i,
  /\b(?:ignore|disregard|forget)\s+(?:all|everything|everthing|anything|what(?:ever)?)\b[^.!?]{0,40}\b(?:(?:were|was|been|i|i've|we) (?:told|said|instructed|taught|wrote|written)|(?:written|said|stated|came) (?:above|before)|above|before (?:this|that))\b/i,
  /\bignore the above\b|\b(?:new|updated|real|actual|following|additional)\s+(?:system\s+)?(?:instructions?|directives?)\s*(?::|are\b|follow)/i,
  // Casting a role, entering a mode
  /\byou(?:'re| are)\s+(?:now(?! (?:my|our|one|the (?:best|only)|his|her|their))|about to|no longer|going to act|an? (?:ai|llm|language model|assistant|chat ?bot|agent))\b(?! (?:running|up|live|able|safe|ready|free))/i,
  /(?<!\b(?:they|we|it|i|he|she|who|that|all|people|teams?|staff) )\b(?:act|behave|respond|reply|answer|pretend|role-?play)\s+(?:as|like|to be)\s+(?:if you|an?\b|though you|you)/i,
  /\b(?:as an?|another|an?)\s+(?:ai|large language|language|llm)\s+(?:model|assistant|developed|created|trained|system|language)\b/i,
  /\b(?:do anything now|jailbreak(?:ed|ing)?|developer mode|god mode|system mode|maintenance mode|debug mode|admin mode|override mode|mode activated|security override|training data over)/i,
  /\b(?:i am|i'm)\s+(?:god|your\s+(?:developer|creator|boss|admin|administrator|owner|maintainer)|the (?:president|maintainer|developer|administrator)|a (?:police officer|developer running|system developer|bank accountant))\b/i,
  /\b(?:entering|initiating|running|activate|enable)\s+(?:an?\s+|the\s+)?['"]?[a-z ]{0,24}(?:mode|override|system (?:check|reset|upgrade)|security audit)\b/i,
  /\bas your (?:boss|creator|developer|administrator|owner)\b/i,
  // Machinery of prompts
  /<\|[a-z_]+\|>|\[\/?INST\]|<<SYS>>|^\s*#{2,}\s*(?:system|instruction|response|human|assistant)/i,
  /(?:^|[\s"'([{])(?:system|assistant|user|human)\s*(?:prompt|message|note)?\s*:\s*(?:you|ignore|do|please|always|never|respond|reply|forget|say|the|i|what)\b/i,
  /\b(?:system prompt|prompt injection|language model|chat ?gpt|smart ?gpt|\bllm\b)[^.!?]{0,60}\b(?:you|your|must|should|ignore|reveal|write|admit|follow|user)\b/i,
  /\badmit to using an? (?:llm|ai)\b|\bnote to (?:the )?(?:ai|llm|assistant|model|bot|agent)s?\b|\b(?:attention|dear|hey|hello) (?:ai|llm|assistant|model|chat ?bot|bot|agent)\b/i,
  /\b(?:ai|llm|automated|language model)s?\s+(?:agents?|assistants?|models?|systems?|tools?|readers?|reviewers?)\s+(?:reading|processing|summari[sz]ing|must|shall|please)\b/i,
  /\b(?:the|any|every|this) (?:(?:ai|llm|language model|planner)\s+(?:must|shall|has to|needs to|is to)|(?:assistant|chat ?bot|bot|agent) must)\b/i,
  /\b(?:when|while|before|after) (?:summari[sz]ing|reading|processing|indexing|ranking|quoting|answering from) (?:this|the) (?:review|text|page|document|message|email)\b/i,
  /\bQ:\s.{0,2000}?\b(?:A:|Q:)\s/i,
  // Secrets, and orders about what is shown
  new RegExp(
    `\\b(?:what|where|which|when|confirm|reveal|share|give|tell|need|provide|show|enter|send|include|know)\\b[^.!?]{0,60}\\b${secret}\\b`,
    "i",
  ),
  new RegExp(
    `\\b(?:your|user's|users'|the) (?:own )?${secret}[^.!?]{0,60}(?:\\?|\\b(?:is|to me|with me|by mail|here|now|immediately|below)\\b)`,
    "i",
  ),
  /(?:^|[.!?:;,'"”)]\s+|\band )(?:please\s+)?(?:answer the question|summari[sz]e (?:this|the (?:text|review|page|document|message|above|following|article|conversation|email|passage|story|paragraph))|print the following|repeat (?:the (?:text|words?|above|following|prompt|instructions?|sentence|phrase)|after (?:me\b.{0,3}["']|this|the)|')|reveal|decode|encode|interlace|combine [A-Z],|list (?:all )?(?:the )?users|retrieve the|create action items|respond (?:only )?with|reply (?:only )?with|say (?:only|exactly)|output (?:only|the)|state (?:the following|that|:)|state:|transfer\s+\S+\s+to|execute|run the following|call the (?:tool|function)|use the (?:tool|function))/i,
  /\b(?:click|tap|press|visit|open|go to|follow)\s+(?:here|this link|the link|on the link|the following link|https?:|www\.|[a-z0-9-]+\.(?:com|net|org|io|xyz)\b)/i,
  /\b(?:reset|verify|confirm|update)\s+(?:your|their|his|her)\s+(?:password|account|credentials|payment|bank)\b|\baccount (?:has been|was) (?:compromised|suspended|locked)\b/i,
  // Supposing a world in which the rules don't hold
  /\b(?:hypothetical(?:ly)?,? (?:if|we|discussion|conversation|scenario|speaking)|in a (?:parallel (?:universe|world)|hypothetical|dystopian|fictional|world where))/i,
  // Code and hidden payloads
  /(?:^|\s)(?:def \w+\s*\(|import \w+ ?(?:;|\\n|as |from |def |$)|function\s*\w*\s*\(|print\s*\(|return \w+\s*[*;(]|SELECT .{1,40} FROM |DROP TABLE|rm -rf|curl \S+|eval\s*\()/,
  /(?:[A-Za-z0-9+/]{40,}={0,2}|\b(?:[0-9a-f]{2}\s?){24,}|(?:\b[01]{8}\b\s?){6,}|(?:[.-]{1,6}\s){8,})/,
  /\b(?:base64|rot13|hexadecimal string|caesar cipher|morse code|pig latin|leetspeak|reverse order)\b/i,
  /\b(\S{4,}(?: \S+){0,3})(?: \1\b){4,}/i,
  // The same in other languages
  /\b(?:ignorier(?:e|en|t)|vergiss|vergessen sie|missachte)\b[^.!?]{0,50}\b(?:anweisung|vorgabe|regel|befehl|instruktion|obige|funktion|webseite)/i,
  /\b(?:ignore[zr]?|oublie[zr]?|ne tenez pas compte)\b[^.!?]{0,50}\b(?:instructions?|consignes?|règles?|fonction|ce qui précède|page)/i,
  /\b(?:ignor[ae]r?|ignore|olvid[ae]|olvide)\b[^.!?]{0,50}\b(?:instruc|reglas?|órdenes|anteriores|página|función)/i,
  /\b(?:ignor[aie](?:re|te)?|dimentica(?:te)?)\b[^.!?]{0,50}\b(?:istruzion|regole|precedent|pagina|funzione)/i,
  /\b(?:ignor[ea]r?|esqueça|esquece|desconsidere)\b[^.!?]{0,50}\b(?:instruç|regras|anteriores|página|função)/i,
  /\b(?:negeer|vergeet)\b[^.!?]{0,50}\b(?:instructies|opdrachten|regels|bovenstaande)|\b(?:zignoruj|zapomnij)\b[^.!?]{0,50}(?:instrukcj|polece|powyższ)|\b(?:ignorera|glöm)\b[^.!?]{0,50}(?:instruktion|regler|ovan)/i,
  /(?:игнорир|забуд)[^.!?]{0,50}(?:инструкц|указан|правил)|αγνο(?:ή|ε)[^.!?;]{0,50}οδηγί|önceki (?:talimat|komut)|abaikan (?:instruksi|perintah)|تجاهل|निर्देश[^।]{0,40}अनदेखी|अनदेखा कर|無視し|忽略|忽视|무시하/i,
  /\b(?:nenn|gib|verrat|sag)\w*\b[^.!?]{0,40}\bpassw(?:ort|örter)|\b(?:ihr|dein|euer) passwort\b|\b(?:votre|ton) mot de passe\b|\b(?:tu|su) contraseña\b|\b(?:sua|tua) senha\b|パスワード|비밀번호|密码|पासवर्ड|كلمة (?:السر|المرور)/i,
  /\b(?:du bist|sie sind) (?:jetzt|nun) (?:ein|kein)|\b(?:ich bin|je suis|soy|sono|sou) (?:ein |un |o |el |le |il )?(?:gott|dieu|dios|dio\b|deus|presidente|président)\b|\bse te ha instruido\b|\bimpríme(?:los|lo)?\b|\bproporcion[ae] (?:la|el|los)\b/i,
];

/** Kinds of weak signs: a request or a quiz, a world supposed, somebody else's data, a machine spoken of, a sudden turn. */
const weak: readonly (readonly RegExp[])[] = [
  [
    new RegExp(
      `\\b(?:can|could|would|will) (?:you|we)\\s+(?:please\\s+|also\\s+|then\\s+|at least\\s+|just\\s+)?${order}\\b`,
      "i",
    ),
    new RegExp(
      `(?:^|[.!?:;,"”)]\\s*|\\b(?:and|then|now|please|to|you)\\s+)(?:write|compose|draft|generate|create|produce|print|output)\\s+(?:me\\s+)?(?:an?|the|your|down|some|in|out)\\b[^.!?]{0,50}\\b${work}\\b`,
      "i",
    ),
    /(?:^|[.!?:;,'"”)]\s+|\band )(?:please\s+)?(?:tell the user|give me the|repeat (?:the|'))/i,
    /(?:^|[.!?:;,"”)]\s+|\band )(?:so |now |then )?(?:what|who|where|when|how|which|why|is|are|does|do|did)\b[^.!?]{3,120}\?/i,
  ],
  [
    /\b(?:imagine|suppose|let's (?:say|assume|imagine|pretend|suppose))\s+(?:that\s+)?(?:we are|we're|you|a scenario|a world|i wanted|there (?:is|was|were) (?:a|no))\b/i,
  ],
  [
    /\b(?:the|a|that|this|other|any) (?:user|person)(?:'s|s)?\b[^.!?]{0,40}\b(?:live|lives|living|address|birthday|born|age|name|e-?mail|phone|bank|balance|account|city|password)\b|\blist of (?:all |other |the |your )*(?:users|customers|leads|clients|accounts|passwords)\b/i,
    /\bwhere (?:does|do|is|are)\b[^.!?]{0,40}\b(?:liv(?:e|es|ing)|user)\b/i,
  ],
  [
    /\b(?:the|any|every|this|an?) (?:ai|llm|assistant|language model|chat ?bot|bot|agent)\b[^.!?]{0,30}\b(?:must|should|shall|has to|needs to|is to|will)\b/i,
  ],
  [
    /(?:^|[.!?]\s+)(?:anyway|by the way|speaking of|oh, and|actually, (?:forget|ignore|never mind)|one more thing|change of plan)\b/i,
  ],
];
