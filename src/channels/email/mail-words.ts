/** What stands under every message, beside the deployment's own words. */
export interface MailWords {
  readonly unsubscribe: string;
  readonly why: string;
}

/** In the language of the message, else in English. */
export function mailWords(language: string): MailWords {
  return words[language.split("-", 1)[0] ?? ""] ?? words.en;
}

const words: { readonly en: MailWords } & Readonly<Record<string, MailWords | undefined>> = {
  en: {
    unsubscribe: "Unsubscribe from these e-mails",
    why: "You receive this because you are in contact with us. With one click you get no more of it.",
  },
  de: {
    unsubscribe: "Diese E-Mails abbestellen",
    why: "Sie erhalten dies, weil Sie mit uns in Kontakt stehen. Mit einem Klick bestellen Sie es ab.",
  },
  fr: {
    unsubscribe: "Se désabonner de ces e-mails",
    why: "Vous recevez ce message car vous êtes en contact avec nous. Un clic suffit pour ne plus en recevoir.",
  },
  es: {
    unsubscribe: "Darse de baja de estos correos",
    why: "Recibe este mensaje porque está en contacto con nosotros. Con un clic dejará de recibirlos.",
  },
  it: {
    unsubscribe: "Annulla l’iscrizione a queste e-mail",
    why: "Riceve questo messaggio perché è in contatto con noi. Basta un clic per non riceverne più.",
  },
  nl: {
    unsubscribe: "Afmelden voor deze e-mails",
    why: "U ontvangt dit omdat u met ons in contact bent. Met één klik ontvangt u ze niet meer.",
  },
  pl: {
    unsubscribe: "Zrezygnuj z tych wiadomości",
    why: "Wiadomość trafia do osób, które są z nami w kontakcie. Wystarczy jedno kliknięcie, aby więcej ich nie otrzymywać.",
  },
  sv: {
    unsubscribe: "Avsluta dessa mejl",
    why: "Du får detta eftersom du har kontakt med oss. Med ett klick slipper du fler mejl.",
  },
};
