/** An address of the web without what it is reached by: `shop.example.com/x`. */
export interface BareAddress {
  /** As it stands, without marks that end a sentence. */
  readonly text: string;
  readonly start: number;
  readonly host: string;
  /** Whether something follows the host: a path, a port, a query. */
  readonly leadsOn: boolean;
}

/**
 * Whatever reads as a web address though nothing says so: labels with points between them, the last a top-level domain.
 * Not taken for one: abbreviations ("z.B."), files and technology ("Node.js", "ASP.NET"), versions ("v2.io"), and a
 * sentence that begins without a space ("the weekend.It was").
 */
export function bareAddressesIn(text: string): readonly BareAddress[] {
  if (!/\p{L}[.。．｡]\p{L}|\p{N}[.。．｡]\p{L}/u.test(text)) return [];
  return [...text.matchAll(candidate)].flatMap((match) => {
    const [, labels = "", rest = ""] = match;
    const host = hostOf(labels.split(dot), rest !== "");
    if (host === null) return [];
    // Where a last label is none of the host, what follows it is no path either.
    const isWhole = host.length === labels.length;
    const path = isWhole ? rest.replace(/[.,;:!?]+$/, "") : "";
    return [
      {
        text: text.slice(match.index, match.index + host.length) + path,
        start: match.index,
        host: host.replace(/[。．｡]/gu, ".").toLowerCase(),
        leadsOn: path.length > 1,
      },
    ];
  });
}

const dot = /[.。．｡]/u;
const candidate =
  /(?<![\p{L}\p{N}@._/-])([\p{L}\p{N}-]+(?:[.。．｡][\p{L}\p{N}-]+)+)(?![\p{L}\p{N}@])((?::\d+)?(?:[/?#][^\s"'<>()]*)?)/gu;

/** The labels up to the last that is a top-level domain; null where none makes an address. */
function hostOf(labels: readonly string[], leadsOn: boolean): string | null {
  for (let count = labels.length; count >= 2; count--) {
    const [name = "", top = ""] = labels.slice(count - 2, count);
    const isLed = leadsOn && count === labels.length;
    if (isAddress(name, top, isLed)) return labels.slice(0, count).join(".");
    if (isLed) return null;
  }
  return null;
}

function isAddress(name: string, top: string, leadsOn: boolean): boolean {
  const last = top.toLowerCase();
  const isCommon = common.has(last);
  if (!isCommon && !other.has(last)) return false;
  if (/^-|-$/.test(name) || noAddress.has(`${name}.${last}`.toLowerCase())) return false;
  if (isCommon || leadsOn) return true;
  // "e.g.", "z.B.", "v2.io", "3.to"; and a sentence that begins ("weekend.It"), but for what only an address has.
  if (/^(?:.|v?\d+)$/u.test(name)) return false;
  return !/^\p{Lu}\p{Ll}/u.test(top) || /[\d-]/.test(name);
}

/** Words of technology and trade that look like an address. */
const noAddress: ReadonlySet<string> = new Set("asp.net ado.net vb.net ml.net co.kg readme.md inc.in".split(" "));

/** Taken for an address whatever stands before them. */
const common: ReadonlySet<string> = new Set("com net org info biz".split(" "));

/** Further top-level domains that are in use much, and those of the countries (IANA root zone, ISO 3166-1 alpha-2). */
const other: ReadonlySet<string> = new Set(
  (
    "app dev xyz shop store online site website web club top icu live link click email cloud tech digital agency blog news page pages space world today work works " +
    "pro name mobi jobs travel asia cat tel post museum media group team tools support software solutions systems services network company business global international " +
    "finance money bank cash loan credit insurance deals sale discount promo gift win bet casino games game fun life live party chat social zone center center academy school " +
    "vip one bid trade trading market markets ltd gmbh inc llc legal law expert guru ninja rocks wiki zip mov eu edu gov mil int arpa berlin hamburg koeln cologne bayern london paris amsterdam madrid nyc tokyo moscow " +
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz " +
    "de dj dk dm do dz ec ee eg er es et fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it " +
    "je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz " +
    "om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz " +
    "ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw рф xn--p1ai"
  ).split(" "),
);
