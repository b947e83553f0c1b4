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
  amounts: string[];
  state: "open" | "check" | "ended";
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

export type Block = { type: "offers"; offers: Offer[] } | { type: "contacts"; contacts: Contact[] };

export interface Message {
  id: number;
  role: "assistant" | "visitor";
  text?: string;
  buttons?: Button[];
  blocks?: Block[];
  helpful?: boolean;
}
