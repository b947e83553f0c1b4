// A request to a partner: what the visitor fills in, what is not right about it, and what is sent.
import * as texts from "../texts";
import { lengthOf } from "./length";
import type { Fact } from "./messages";

/** What a request would say, as the gateway drafts it. */
export interface Draft {
  question: string;
  facts: Fact[];
  assessment: { theme: string; level: string }[];
  offers: { name: string; url: string | null }[];
  remarks: string;
}

/** A partner that can get the request, and what the visitor agrees to for that. */
export interface Partner {
  id: string;
  name: string;
  hours: string;
  reply_days: number;
  consent: { text: string; version: string };
}

export interface Drafted {
  draft: Draft;
  partners: Partner[];
}

/** What the visitor filled in; `leftOut` has the known things that stay here, `consent` the version agreed to. */
export interface Filled {
  partner: string;
  question: string;
  leftOut: readonly string[];
  remarks: string;
  name: string;
  email: string;
  phone: string;
  consent: string;
}

/** The parts of the form, in its order. */
export const FIELDS = ["partner", "question", "known", "remarks", "name", "email", "phone", "consent"] as const;
export type Field = (typeof FIELDS)[number];
export type Faults = Partial<Record<Field, string>>;

const SHORTEST_QUESTION = 3;
const LONGEST_TEXT = 600;
const SHORTEST_NAME = 2;
const LONGEST_NAME = 80;
// The gateway looks more closely; this only spares the visitor the way there.
const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

/** The form as it begins, or as it was left when it was open before. */
export function begun({ draft, partners }: Drafted, before?: Filled): Filled {
  const { question, remarks } = draft;
  const filled = before ?? { partner: "", question, leftOut: [], remarks, name: "", email: "", phone: "", consent: "" };
  return { ...filled, partner: chosen(partners, filled)?.id ?? "" };
}

/** The best partner comes first, so that one is chosen until the visitor chooses otherwise. */
export function chosen(partners: Partner[], { partner }: Filled): Partner | undefined {
  return partners.find(({ id }) => id === partner) ?? partners[0];
}

/** What is known beside the question, each as a line; a line is what it is left out by. */
export function known({ facts, assessment, offers }: Draft): string[] {
  return [...facts.map(factLine), ...assessment.map(standingLine), ...offers.map(offerLine)];
}

const factLine = ({ label, value }: Draft["facts"][number]) => `${label}: ${value}`;
const standingLine = ({ theme, level }: Draft["assessment"][number]) => `${theme}: ${level}`;
const offerLine = ({ name }: Draft["offers"][number]) => name;

export function faultsOf(filled: Filled, partner: Partner): Faults {
  const faults: Faults = {
    question: filled.question.trim() ? bounded(filled.question, SHORTEST_QUESTION, LONGEST_TEXT) : texts.questionMissing,
    remarks: bounded(filled.remarks, 0, LONGEST_TEXT),
    name: filled.name.trim() ? bounded(filled.name, SHORTEST_NAME, LONGEST_NAME) : texts.nameMissing,
    email: emailFault(filled),
    consent: filled.consent === partner.consent.version ? "" : texts.consentMissing,
  };
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault));
}

function bounded(text: string, fewest: number, most: number): string {
  const length = lengthOf(text);
  return length < fewest ? texts.tooShort(fewest) : length > most ? texts.tooLongBy(most, length - most) : "";
}

function emailFault({ email, phone }: Filled): string {
  if (email.trim()) return EMAIL.test(email.trim()) ? "" : texts.emailWrong;
  return phone.trim() ? "" : texts.contactMissing;
}

/** The field that the gateway means: it names them by their place in the request. */
export function fieldOf(path = ""): Field | undefined {
  const [first, second] = path.split(".");
  const name = first === "draft" || first === "contact" ? second : first;
  if (name === "facts" || name === "assessment" || name === "offers") return "known";
  return FIELDS.find((field) => field === name);
}

/** What is sent for a message of the conversation. */
export function requestOf(message: number, draft: Draft, partner: Partner, filled: Filled) {
  const { question, leftOut, remarks, name, email, phone, consent } = filled;
  const kept = <T>(things: T[], line: (thing: T) => string) => things.filter((thing) => !leftOut.includes(line(thing)));
  return {
    message,
    partner: partner.id,
    draft: {
      question,
      facts: kept(draft.facts, factLine),
      assessment: kept(draft.assessment, standingLine),
      offers: kept(draft.offers, offerLine),
      remarks,
    },
    contact: { name, email, phone },
    consent,
  };
}
