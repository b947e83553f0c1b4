// The conversation with the gateway: what is asked, tried again, restored and erased.
import * as texts from "../texts";
import { type Gateway, GatewayError, type Turn } from "./gateway";
import { lengthOf } from "./length";
import type { Memory } from "./memory";
import type { Button, Message, Problem, Report } from "./messages";
import { pause as pauseFor, type Pause, secondsBeforeRetry } from "./retry";
import { Store } from "./store";

export const LONGEST_TEXT = 500;

export class Conversation {
  readonly store = new Store();
  #shown = new Set<number>();
  #ending = new AbortController();
  #started = false;

  constructor(
    readonly gateway: Gateway,
    private readonly memory: Memory,
    private readonly pause: Pause = pauseFor,
  ) {
    gateway.token = memory.token;
  }

  /** Greets, or shows what was said before; once, however often the chat is opened. */
  async open() {
    if (this.#started) return;
    this.#started = true;
    await this.#start();
  }

  write(draft: string) {
    this.store.set({ draft, problem: "" });
  }

  async say() {
    const text = this.store.state.draft.trim();
    if (!text || this.#isBusy) return;
    if (lengthOf(text) > LONGEST_TEXT) return this.store.set({ problem: texts.tooLong(LONGEST_TEXT) });
    this.store.set({ draft: "", problem: "" });
    await this.#ask(this.store.ask({ text, cid: newCid() }));
  }

  async press(button: Button) {
    if (this.#isBusy) return;
    this.store.set({ problem: "" });
    await this.#ask(this.store.ask({ text: button.title, button: button.id, cid: newCid() }));
  }

  async rate(key: string, message: Message, helpful: boolean) {
    const { signal } = this.#ending;
    this.store.change(key, { message: { ...message, helpful } });
    try {
      await this.gateway.rate(message.id, helpful, signal);
    } catch (error) {
      if (signal.aborted) return;
      this.store.change(key, { message });
      this.store.set({ problem: messageOf(error) });
    }
  }

  /** A page with the result in this message, or what went wrong. */
  report({ id }: Message): Promise<Report | Problem> {
    return this.gateway.report(id, this.#ending.signal).catch((error) => ({ problem: messageOf(error) }));
  }

  /** Forgets everything, here and at the gateway; gives what went wrong, if anything. */
  async erase(): Promise<string | null> {
    let gone = "";
    try {
      if (this.gateway.token) gone = texts.gone((await this.gateway.erase(this.#ending.signal)).erased);
    } catch (error) {
      if (!isFailure(error, "expired")) return messageOf(error);
    }
    this.#ending.abort();
    this.#ending = new AbortController();
    this.#forgetSession();
    this.store.set({ entries: [], activity: "idle", problem: "" });
    this.store.note(texts.erased + gone);
    return null;
  }

  get #isBusy() {
    return this.store.state.activity !== "idle";
  }

  #start(): Promise<void> {
    return this.#busyWith("starting", () => this.#restored(), this.#offerAgain(() => this.#start()));
  }

  async #restored() {
    if (this.gateway.token) {
      try {
        const { messages, pending } = await this.gateway.history(this.#ending.signal);
        this.show(messages, false);
        if (pending) await this.#reattach(pending);
        return;
      } catch (error) {
        if (!isFailure(error, "expired")) throw error;
        this.#renew();
      }
    }
    this.show(await this.#session(), true);
  }

  #reattach(cid: string): Promise<void> {
    return this.#busyWith("answering", () => this.#turn({ cid }), this.#offerAgain(() => this.#reattach(cid)));
  }

  /** A session of before stays; the greeting of a new one is given. */
  async #session(): Promise<Message[]> {
    if (this.gateway.token) return [];
    const { token, messages } = await this.gateway.start(this.#ending.signal);
    this.gateway.token = this.memory.token = token;
    return messages;
  }

  async #ask(key: string) {
    this.store.change(key, { failure: undefined, again: undefined });
    await this.#busyWith("answering", () => this.#answered(key), (error) => this.#unanswered(key, error));
  }

  async #answered(key: string, mayRenew = true) {
    // Greeted in the middle of a question the visitor would read past the answer.
    for (const { id } of await this.#session()) this.#shown.add(id);
    try {
      const { cid, text, button } = this.store.asked(key);
      await this.#turn(button ? { cid, button } : { cid, text });
    } catch (error) {
      if (!mayRenew || !isFailure(error, "expired")) throw error;
      this.#renew();
      this.store.moveToEnd(key);
      // The new session knows no buttons of the old one: what stood on it is asked as text.
      this.store.change(key, { button: undefined, cid: newCid(), session: this.store.state.session });
      await this.#answered(key, false);
    }
  }

  async #turn(turn: Turn) {
    const { signal } = this.#ending;
    for await (const message of this.gateway.turn(turn, signal)) {
      signal.throwIfAborted();
      this.store.set({ activity: "answering" });
      if (message.role === "assistant") this.show([message], true);
    }
  }

  #unanswered(key: string, error: GatewayError) {
    const { text, button } = this.store.asked(key);
    if (error.failure === "refused" && !button) {
      // The visitor can better change the text than send it again as it is.
      this.store.remove(key);
      const draft = [text, this.store.state.draft].filter(Boolean).join(" ");
      return this.store.set({ draft, problem: error.message });
    }
    const notBefore = Date.now() + error.retryAfter * 1000;
    const again = error.failure === "refused" ? undefined : () => this.#askAgain(key, notBefore);
    this.store.change(key, { failure: error.message, again });
  }

  async #askAgain(key: string, notBefore: number) {
    if (this.#isBusy) return;
    this.store.moveToEnd(key);
    this.store.set({ activity: "waiting", problem: "" });
    await this.pause(Math.max(0, notBefore - Date.now()) / 1000, this.#ending.signal).then(
      () => this.#ask(key),
      () => {},
    );
  }

  #offerAgain(again: () => Promise<void>) {
    return (error: GatewayError) => {
      const key = this.store.note(error.message, () => {
        if (this.#isBusy) return;
        this.store.remove(key);
        void again();
      });
    };
  }

  /** Tries until it is done or trying again is of no use; an erased conversation ends it without a word. */
  async #busyWith(activity: "starting" | "answering", attempt: () => Promise<void>, failed: (error: GatewayError) => void) {
    const { signal } = this.#ending;
    let failures = 0;
    let shown = this.#shown.size;
    this.store.set({ activity });
    for (;;) {
      try {
        await attempt();
        if (!signal.aborted) this.store.set({ activity: "idle" });
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (this.#shown.size > shown) failures = 0;
        shown = this.#shown.size;
        const seconds = secondsBeforeRetry(error, ++failures);
        if (seconds === null) {
          this.store.set({ activity: "idle" });
          if (!(error instanceof GatewayError)) throw error;
          return failed(error);
        }
        this.store.set({ activity: isFailure(error, "busy") ? activity : "reconnecting" });
        await this.pause(seconds, signal).catch(() => {});
        if (signal.aborted) return;
      }
    }
  }

  /** Adds to the log what is not in it yet. */
  show(messages: Message[], fresh: boolean) {
    for (const message of messages) {
      if (this.#shown.has(message.id)) continue;
      this.#shown.add(message.id);
      this.store.say(message, fresh);
    }
  }

  #renew() {
    this.#forgetSession();
    this.store.note(texts.expired);
  }

  #forgetSession() {
    this.gateway.token = this.memory.token = null;
    this.#shown.clear();
    this.store.set({ session: this.store.state.session + 1 });
  }
}

function newCid(): string {
  // Not randomUUID, which browsers have on https only.
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}

function isFailure(error: unknown, failure: GatewayError["failure"]): error is GatewayError {
  return error instanceof GatewayError && error.failure === failure;
}

function messageOf(error: unknown): string {
  return error instanceof GatewayError ? error.message : texts.refused;
}
