// Everything that people read or hear and that does not come from the gateway.

export const texts = {
  name: "Wegwijzer",
  launcher: "Vraag het Wegwijzer",
  fallback: "Stel je vraag",
  close: "Sluit het gesprek",
  log: "Gesprek",
  from: { assistant: "Wegwijzer:", visitor: "Jij:" },

  question: "Je vraag",
  send: "Verstuur",
  left: (count: number) => `Nog ${count} ${count === 1 ? "teken" : "tekens"}`,
  tooMany: (count: number) => `${count} ${count === 1 ? "teken" : "tekens"} te veel`,
  tooLong: (limit: number) => `Je vraag is te lang. Maak hem korter: hoogstens ${limit} tekens.`,
  assistant: "Automatische assistent. Deel geen persoonlijke gegevens.",
  privacy: "Privacy",

  activity: {
    idle: "",
    starting: "Even laden…",
    answering: "Ik zoek een antwoord…",
    reconnecting: "Geen verbinding, ik probeer het opnieuw",
    waiting: "Even geduld, ik verstuur je bericht zo",
  },
  unreachable: "Ik kan Wegwijzer nu niet bereiken.",
  refused: "Dat lukte niet. Probeer het later nog eens.",
  expired: "Je vorige gesprek is verlopen. We gaan verder in een nieuw gesprek.",
  again: "Probeer opnieuw",

  erase: "Wis gesprek",
  eraseQuestion: "Wil je dit gesprek wissen? Daarna kan niemand het nog lezen.",
  eraseYes: "Ja, wis het",
  eraseNo: "Nee, bewaar het",
  erased: "Je gesprek is gewist. Je kunt gerust een nieuwe vraag stellen.",

  helps: "Helpt dit?",
  yes: "Ja",
  no: "Nee",
  thanks: "Bedankt",

  newTab: "(opent in nieuw tabblad)",
  why: "Waarom dit kan passen",
  unknown: "Nog niet zeker",
  amounts: "Bedragen",
  source: "Bron:",
  checkedOn: (day: string) => `bekeken op ${day}`,
  toOffer: (name: string) => `Naar de regeling: ${name}`,
  toOrganisation: (name: string) => `Naar de website: ${name}`,
  about: (name: string) => `over ${name}`,
  offers: (names: string[]) => `${names.length} ${names.length === 1 ? "regeling" : "regelingen"}: ${names.join("; ")}.`,
  contacts: (names: string[]) => `${names.length} ${names.length === 1 ? "contact" : "contacten"}: ${names.join("; ")}.`,
  replies: (count: number) => `${count} ${count === 1 ? "antwoordknop" : "antwoordknoppen"}.`,
};

export function day(iso: string): string {
  return new Intl.DateTimeFormat("nl-NL", { dateStyle: "long", timeZone: "UTC" }).format(new Date(iso));
}
