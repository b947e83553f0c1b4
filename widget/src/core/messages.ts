// The messages as the gateway gives them.

export interface Button {
  id: string;
  title: string;
}

export interface Offer {
  id: string;
  name: string;
  provider: string;
  /** Empty when the message above the card says all of it. */
  summary: string;
  why: string[];
  unknown: string[];
  /** Older gateways do not say it. */
  not_met?: string[];
  amounts: string[];
  state: "open" | "check" | "ended" | "later" | "closed";
  state_text: string;
  checked_on: string;
  source: { url: string; year: number | null };
  url: string | null;
  buttons: Button[];
}

export interface Contact {
  id: string;
  name: string;
  role: string;
  contact: string | null;
  url: string | null;
}

/** How far a guided assessment is. */
export interface Progress {
  type: "progress";
  done: number;
  of: number;
}

/** Where somebody stands on a theme; level and percent are null when nothing is known of it. */
export interface Theme {
  id: string;
  label: string;
  level: string | null;
  percent: number | null;
  reasons: string[];
}

export interface Step {
  text: string;
  topic: string;
  buttons: Button[];
}

/** What came out of a guided assessment; the levels rise. */
export interface Result {
  type: "result";
  name: string;
  answered: number;
  asked: number;
  levels: string[];
  themes: Theme[];
  steps: Step[];
}

/** Something that is known, by its name. */
export interface Fact {
  label: string;
  value: string;
}

/** What can be sent to a partner; its second script asks the gateway for it again, with who can get it. */
export interface Handover {
  type: "handover";
}

/** What was sent to a partner, and the last day on which it answers. */
export interface Receipt {
  type: "receipt";
  reference: string;
  partner: string;
  reply_by: string | null;
  sent: Fact[];
}

/** A way to erase everything. */
export interface Erase {
  type: "erase";
}

export type Block =
  | { type: "offers"; offers: Offer[] }
  | { type: "contacts"; contacts: Contact[] }
  | Progress
  | Result
  | Handover
  | Receipt
  | Erase;

/** How much was erased, by the gateway's name for it. */
export interface Erased {
  erased: Record<string, number>;
}

/** A page with a result, to keep or print; the last day is in ISO 8601. */
export interface Report {
  address: string;
  expires_on: string;
}

/** What went wrong, in a sentence for the visitor. */
export interface Problem {
  problem: string;
}

export interface Message {
  id: number;
  role: "assistant" | "visitor";
  text?: string;
  buttons?: Button[];
  blocks?: Block[];
  helpful?: boolean;
}
