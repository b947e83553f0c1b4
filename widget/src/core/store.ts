// What the conversation is now, and who wants to know when it changes.
import type { Message } from "./messages";

export type Activity = "idle" | "starting" | "answering" | "reconnecting" | "waiting";

interface Shown {
  key: string;
  /** Buttons and feedback belong to the session that they came from. */
  session: number;
}

/** A message of the gateway; fresh when it came while the visitor was here, so that it is read aloud. */
export interface Said extends Shown {
  kind: "said";
  message: Message;
  fresh: boolean;
}

/** What the visitor asked here, by typing or with a button. */
export interface Asked extends Shown {
  kind: "asked";
  text: string;
  cid: string;
  button?: string;
  failure?: string;
  again?: () => void;
}

/** A line of the widget itself. */
export interface Notice extends Shown {
  kind: "notice";
  text: string;
  again?: () => void;
}

export type Entry = Said | Asked | Notice;

export interface State {
  entries: readonly Entry[];
  activity: Activity;
  session: number;
  draft: string;
  /** What is wrong with the draft or with the last thing that was pressed. */
  problem: string;
}

export class Store {
  state: State = { entries: [], activity: "idle", session: 1, draft: "", problem: "" };
  readonly #listeners: ((state: State) => void)[] = [];
  #count = 0;

  set(change: Partial<State>) {
    this.state = { ...this.state, ...change };
    for (const listener of this.#listeners) listener(this.state);
  }

  /** The listener gets what is now, and then every change. */
  subscribe(listener: (state: State) => void) {
    this.#listeners.push(listener);
    listener(this.state);
  }

  say(message: Message, fresh: boolean) {
    this.#add({ kind: "said", message, fresh });
  }

  note(text: string, again?: () => void): string {
    return this.#add({ kind: "notice", text, again });
  }

  ask(asked: Pick<Asked, "text" | "cid" | "button">): string {
    return this.#add({ kind: "asked", ...asked });
  }

  asked(key: string): Asked {
    return this.state.entries.find((entry) => entry.key === key) as Asked;
  }

  change(key: string, change: Partial<Said> | Partial<Asked>) {
    this.set({ entries: this.state.entries.map((entry) => (entry.key === key ? ({ ...entry, ...change } as Entry) : entry)) });
  }

  remove(key: string) {
    this.set({ entries: this.state.entries.filter((entry) => entry.key !== key) });
  }

  moveToEnd(key: string) {
    const entry = this.asked(key);
    this.remove(key);
    this.set({ entries: [...this.state.entries, entry] });
  }

  #add(entry: Omit<Said, keyof Shown> | Omit<Asked, keyof Shown> | Omit<Notice, keyof Shown>): string {
    const key = `e${++this.#count}`;
    this.set({ entries: [...this.state.entries, { ...entry, key, session: this.state.session }] });
    return key;
  }
}

export function isFromVisitor(entry: Entry): boolean {
  return entry.kind === "asked" || (entry.kind === "said" && entry.message.role === "visitor");
}

/** Where the last turn begins: everything from here on answers the visitor's last question. */
export function lastTurn(entries: readonly Entry[]): number {
  return Math.max(0, entries.findLastIndex(isFromVisitor));
}

/** Where what is new begins: with the last question, or with what came of it when that was sent on. */
export function lastStep(entries: readonly Entry[]): number {
  const isReceipt = (entry: Entry) => entry.kind === "said" && entry.message.blocks?.some((block) => block.type === "receipt");
  return Math.max(lastTurn(entries), entries.findLastIndex(isReceipt));
}

/** The answers that end a turn of this session: the ones to rate. The greeting answers nothing. */
export function ratable({ entries, session, activity }: State): Set<string> {
  const found = new Set<string>();
  let last: Said | null = null;
  let answering = false;
  for (const entry of entries) {
    if (isFromVisitor(entry)) {
      if (last) found.add(last.key);
      last = null;
      answering = true;
    } else if (answering && entry.kind === "said" && entry.session === session) last = entry;
  }
  if (last && activity === "idle") found.add(last.key);
  return found;
}
