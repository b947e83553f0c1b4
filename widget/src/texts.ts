// Everything that people read or hear and that does not come from the gateway.

export const name = "Wegwijzer";
export const launcher = "Vraag het Wegwijzer";
export const fallback = "Stel je vraag";
export const close = "Sluit het gesprek";
export const log = "Gesprek";
export const from = { assistant: "Wegwijzer:", visitor: "Jij:" };

export const question = "Je vraag";
export const send = "Verstuur";
export const left = (count: number) => `Nog ${counted(count, "teken", "tekens")}`;
export const tooMany = (count: number) => `${counted(count, "teken", "tekens")} te veel`;
export const tooLong = (limit: number) => `Je vraag is te lang. Maak hem korter: hoogstens ${limit} tekens.`;
export const assistant = "Automatische assistent. Deel geen persoonlijke gegevens.";
export const privacy = "Privacy";

export const activity = {
  idle: "",
  starting: "Even laden…",
  answering: "Ik zoek een antwoord…",
  reconnecting: "Geen verbinding, ik probeer het opnieuw",
  waiting: "Even geduld, ik verstuur je bericht zo",
};
export const unreachable = "Ik kan Wegwijzer nu niet bereiken.";
export const refused = "Dat lukte niet. Probeer het later nog eens.";
export const expired = "Je vorige gesprek is verlopen. We gaan verder in een nieuw gesprek.";
export const again = "Probeer opnieuw";

export const erase = "Wis gesprek";
export const eraseQuestion = "Wil je dit gesprek wissen? Daarna kan niemand het nog lezen.";
export const eraseYes = "Ja, wis het";
export const eraseNo = "Nee, bewaar het";
export const eraseAll = [{ id: "", title: "Wis alles" }];
export const erased = "Je gesprek is gewist. Je kunt gerust een nieuwe vraag stellen.";
/** What people know of; what the gateway and the engine noted beside it went along. */
export const gone = ({ messages, handovers, reports }: Record<string, number>) => {
  const parts = [
    messages && counted(messages, "bericht", "berichten"),
    handovers && counted(handovers, "aanvraag", "aanvragen"),
    reports && counted(reports, "rapport", "rapporten"),
  ].filter(Boolean);
  return parts.length ? ` Gewist: ${parts.join(", ")}.` : "";
};

export const helps = "Helpt dit?";
export const yes = "Ja";
export const no = "Nee";
export const thanks = "Bedankt";

export const newTab = "(opent in nieuw tabblad)";
export const why = "Waarom dit kan passen";
export const notMet = "Past nu niet";
export const unknown = "Nog niet zeker";
export const amounts = "Bedragen";
export const source = "Bron:";
export const checkedOn = (day: string) => `bekeken op ${day}`;
export const toOffer = (name: string) => `Naar de regeling: ${name}`;
export const toOrganisation = (name: string) => `Naar de website: ${name}`;
export const about = (name: string) => `over ${name}`;
export const offers = (names: string[]) => listed(names, "regeling", "regelingen");
export const contacts = (names: string[]) => listed(names, "contact", "contacten");

export const progress = (done: number, of: number) => `${done} van de ${of} vragen gedaan`;
export const result = (name: string) => `Uitslag van je ${name}`;
export const reasons = "In de tabel lees je waarom.";
export const asTable = "Bekijk als tabel";
export const columns = ["Thema", "Stand", "Waarom"];
export const notKnown = "nog niet bekend";
export const steps = "Dit kun je nu doen";
export const report = "Bewaar of print je rapport";
export const toReport = "Open je rapport";
export const reportReady = (day: string) => `Je rapport staat 30 dagen klaar, tot en met ${day}. Wie de link heeft, kan het lezen.`;

export const handOver = [{ id: "", title: "Stuur mijn vraag door" }];
export const receipt = (reference: string) => `Je aanvraag ${reference}`;
export const receiver = (partner: string) => `Verstuurd naar ${partner}.`;
export const replyBy = (day: string) => `Antwoord uiterlijk ${day}.`;
export const sent = "Bekijk wat er verstuurd is";

export const handOverTitle = "Stuur je vraag door";
export const nobody = "Voor deze vraag kan ik nu niets doorsturen. Neem zelf contact op met een van de adressen hierboven.";
export const toWhom = "Naar wie?";
export const replyIn = (days: number) => `Antwoord binnen ${counted(days, "werkdag", "werkdagen")}`;
export const known = "Wat ik meestuur";
export const knownHint = "Haal het vinkje weg bij wat je niet wilt delen.";
export const remarks = "Opmerkingen (niet verplicht)";
export const reach = "Hoe ben je te bereiken?";
export const reachHint = "Een e-mailadres of een telefoonnummer is genoeg. Allebei mag ook.";
export const yourName = "Je naam";
export const email = "E-mailadres";
export const phone = "Telefoonnummer";
export const consent = "Je toestemming";
export const apart = "Je gegevens gaan niet door de chat en komen niet in het gesprek.";
export const cancel = "Annuleer";
export const sending = "Even versturen…";

export const faults = "Kijk dit nog even na";
export const questionMissing = "Schrijf op wat je wilt vragen.";
export const nameMissing = "Vul je naam in.";
export const contactMissing = "Vul een e-mailadres of een telefoonnummer in.";
export const emailWrong = "Dit e-mailadres klopt niet. Kijk het nog eens na.";
export const consentMissing = "Zet een vinkje als je dit goedvindt. Anders stuur ik niets door.";
export const consentChanged = "De tekst van de toestemming is veranderd. Lees hem nog eens.";
export const tooShort = (fewest: number) => `Dit is te kort: minstens ${fewest} tekens.`;
export const tooLongBy = (most: number, more: number) => `Dit is ${counted(more, "teken", "tekens")} te lang: hooguit ${most}.`;
export const nothingLost = "Wat je hebt ingevuld, staat er nog.";

export const replies = (count: number) => `${counted(count, "antwoordknop", "antwoordknoppen")}.`;

function counted(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}

function listed(names: string[], one: string, more: string): string {
  return `${counted(names.length, one, more)}: ${names.join("; ")}.`;
}

export function day(iso: string): string {
  return new Date(iso).toLocaleDateString("nl-NL", { dateStyle: "long", timeZone: "UTC" });
}
