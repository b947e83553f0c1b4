// The form that sends a question on to a partner. What is filled in goes straight to the gateway.
import { Component, createRef } from "preact";
import type { Conversation } from "../core/conversation";
import type { GatewayError } from "../core/gateway";
import { begun, chosen, type Drafted, type Faults as Found, faultsOf, fieldOf, type Filled, requestOf } from "../core/handover";
import type { Block, Message } from "../core/messages";
import * as texts from "../texts";
import { Faults } from "./Faults";
import { Consent, FromWhom, ToWhom, What } from "./Parts";
import { adopt } from "./style";

interface Properties {
  /** The message with what can be sent. */
  message: Message;
  conversation: Conversation;
  /** The button that was pressed. */
  button: HTMLElement;
  /** Takes the form away, and then does this. */
  close: (after: () => void) => void;
}

interface State {
  activity: "" | "loading" | "sending";
  drafted?: Drafted;
  problem: string;
  faults: Found;
}

// What was filled in stays until it is sent or the conversation is erased, also when the form is closed. By the
// blocks, because those stay the same when a message is rated.
const kept = new WeakMap<Block[], Filled>();

export class Form extends Component<Properties, State> {
  override state: State = { activity: "", problem: "", faults: {} };
  readonly #panel = createRef<HTMLElement>();
  readonly #title = createRef<HTMLHeadingElement>();
  readonly #faults = createRef<HTMLDivElement>();
  readonly #ending = new AbortController();

  override componentDidMount() {
    adopt(this.#panel.current);
    this.#title.current!.focus();
    void this.#load();
  }

  override componentWillUnmount() {
    this.#ending.abort();
  }

  get #blocks() {
    return this.props.message.blocks!;
  }

  async #load(faults: Found = {}) {
    const { message, conversation } = this.props;
    const { signal } = this.#ending;
    this.setState({ activity: "loading" });
    try {
      const drafted = await conversation.gateway.ask<Drafted>("GET", `/handovers/draft?message=${message.id}`, signal);
      if (!drafted.partners.length) return this.#giveUp(texts.nobody);
      kept.set(this.#blocks, begun(drafted, kept.get(this.#blocks)));
      this.#show({ drafted, faults });
    } catch (error) {
      if (signal.aborted) return;
      if (this.state.drafted) this.#fail(error as GatewayError);
      else this.#giveUp((error as GatewayError).message);
    }
  }

  /** Without a form: back to the conversation, which says why. */
  #giveUp(problem: string) {
    this.#close();
    // The place for problems was hidden by the form: readers tell only what comes once it is there again.
    setTimeout(() => this.props.conversation.store.set({ problem }), 100);
  }

  readonly #close = () => this.props.close(() => this.props.button.focus());

  /** What is not right gets the focus, because the visitor was at the other end of the form. */
  #show({ drafted = this.state.drafted, problem = "", faults = {} }: Partial<State>) {
    this.setState({ activity: "", drafted, problem, faults }, () => this.#faults.current?.focus());
  }

  // From what is kept, because a browser that fills in several fields at once does not wait for the state.
  readonly #change = (change: Partial<Filled>) => {
    kept.set(this.#blocks, { ...kept.get(this.#blocks)!, ...change });
    this.forceUpdate();
  };

  readonly #submit = (event: Event) => {
    event.preventDefault();
    if (this.state.activity) return;
    const { draft, partners } = this.state.drafted!;
    const filled = kept.get(this.#blocks)!;
    const partner = chosen(partners, filled)!;
    const faults = faultsOf(filled, partner);
    if (Object.keys(faults).length) return this.#show({ faults });
    void this.#send(requestOf(this.props.message.id, draft, partner, filled));
  };

  /** Goes on when the form is closed meanwhile: what was sent is told of either way. */
  async #send(request: object) {
    const { gateway, store } = this.props.conversation;
    const { session } = store.state;
    this.setState({ activity: "sending", problem: "", faults: {} });
    try {
      const { message } = await gateway.ask<{ message: Message }>("POST", "/handovers", new AbortController().signal, request);
      if (session === store.state.session) this.#sent(message);
    } catch (error) {
      this.#fail(error as GatewayError);
    }
  }

  #sent(receipt: Message) {
    const log = (this.props.button.getRootNode() as ShadowRoot).querySelector<HTMLElement>(".log")!;
    kept.delete(this.#blocks);
    // The button has served, so the focus goes to what it led to.
    if (!this.#ending.signal.aborted) this.props.close(() => log.focus());
    this.props.conversation.show([receipt], true);
  }

  #fail({ failure, message, details }: GatewayError) {
    if (details?.code === "consent_changed") return void this.#load({ consent: texts.consentChanged });
    const field = fieldOf(details?.field);
    if (field) return this.#show({ faults: { [field]: message } });
    this.#show({ problem: failure === "lost" || failure === "later" ? `${message} ${texts.nothingLost}` : message });
  }

  /** Escape closes the form first; once more closes the chat. */
  readonly #onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    this.#close();
  };

  override render(_: Properties, { activity, drafted, problem, faults }: State) {
    return (
      <section ref={this.#panel} class="handover" aria-labelledby="handover-title" onKeyDown={this.#onKeyDown}>
        <h3 ref={this.#title} id="handover-title" tabIndex={-1}>
          {texts.handOverTitle}
        </h3>
        {drafted && this.#form(drafted, problem, faults)}
        <p role="status">{activity === "loading" ? texts.activity.starting : activity && texts.sending}</p>
      </section>
    );
  }

  #form({ draft, partners }: Drafted, problem: string, faults: Found) {
    const filled = kept.get(this.#blocks)!;
    const part = { filled, faults, change: this.#change };
    return (
      <form noValidate onSubmit={this.#submit}>
        {(problem || Object.keys(faults).length > 0) && <Faults element={this.#faults} problem={problem} faults={faults} />}
        <ToWhom {...part} partners={partners} />
        <What {...part} draft={draft} />
        <FromWhom {...part} />
        <Consent {...part} partner={chosen(partners, filled)!} />
        <p>{texts.apart}</p>
        <div class="replies">
          <button class="primary" type="submit" aria-disabled={this.state.activity !== ""}>
            {texts.send}
          </button>
          <button class="quiet" type="button" onClick={this.#close}>
            {texts.cancel}
          </button>
        </div>
      </form>
    );
  }
}
