import { Component, type ComponentChild, createRef } from "preact";
import { Announcer } from "./Announcer";
import { Composer } from "./Composer";
import type { Conversation } from "./core/conversation";
import type { Memory } from "./core/memory";
import type { Button, Message } from "./core/messages";
import type { State } from "./core/store";
import { Header } from "./Header";
import type * as Later from "./later/later";
import { Launcher } from "./Launcher";
import { Log } from "./Log";
import * as texts from "./texts";

// The style sheet fills the screen at the same sizes.
const SMALL = matchMedia("(max-width: 30em), (max-height: 30em)");

interface Properties {
  conversation: Conversation;
  state: State;
  memory: Memory;
  privacy?: string;
  /** Address of the second script. */
  script: string;
}

interface Shown {
  isOpen: boolean;
  /** Takes the place of the log and the field. */
  form?: ComponentChild;
  /** The second script, when it is there. */
  later?: typeof Later;
}

/** Classes rather than hooks: those would be a fourteenth of the script. */
export class App extends Component<Properties, Shown> {
  override state: Shown = { isOpen: false };
  readonly #dialog = createRef<HTMLDialogElement>();
  readonly #header = createRef<Header>();
  readonly #launcher = createRef<HTMLButtonElement>();
  readonly #log = createRef<HTMLDivElement>();
  readonly #field = createRef<HTMLTextAreaElement>();
  #tries = "";
  #getting?: Promise<typeof Later | void>;

  override componentDidMount() {
    SMALL.addEventListener("change", this.#adapt);
    // Open on the page before: open here too, but show() would take the focus, and a full screen would hide the page.
    if (!this.props.memory.open || SMALL.matches) return;
    this.#dialog.current!.setAttribute("open", "");
    this.setState({ isOpen: true });
    void this.props.conversation.open();
  }

  override componentWillUnmount() {
    SMALL.removeEventListener("change", this.#adapt);
  }

  /** A turned phone or a zoomed page goes from beside the page to over it, and back. */
  readonly #adapt = () => {
    const dialog = this.#dialog.current!;
    if (!dialog.open) return;
    const focused = (dialog.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
    dialog.close();
    show(dialog);
    focused?.focus();
  };

  readonly #open = (event: MouseEvent) => {
    show(this.#dialog.current!);
    this.#setOpen(true);
    this.#focusReply(event);
    void this.props.conversation.open();
  };

  readonly #close = () => {
    this.#dialog.current!.close();
    this.#setOpen(false);
    this.#launcher.current!.focus();
  };

  #setOpen(isOpen: boolean) {
    this.props.memory.open = isOpen;
    this.setState({ isOpen, form: null });
  }

  /** To where the visitor can go on. Not into the field after a touch: the keyboard would cover the answer. */
  #focusReply(event: MouseEvent) {
    const byTouch = (event as PointerEvent).pointerType === "touch";
    (byTouch ? this.#log : this.#field).current!.focus();
  }

  // A button that is pressed goes away, so the focus leaves it first; otherwise the page itself would get it.
  readonly #press = (button: Button, event: MouseEvent) => {
    this.#focusReply(event);
    void this.props.conversation.press(button);
  };

  readonly #again = (again: () => void, event: MouseEvent) => {
    this.#focusReply(event);
    again();
  };

  /** Few visitors meet what is in the second script, so it comes when it is asked for; nothing when it did not come. */
  readonly #getLater = () =>
    (this.#getting ??= import(this.props.script + this.#tries).then(
      (later: typeof Later) => (this.setState({ later }), later),
      () => {
        this.#tries = `?${Date.now()}`; // some browsers never ask again for an address that failed
        this.#getting = undefined;
      },
    ));

  readonly #handOver = async (message: Message, event: MouseEvent) => {
    const { conversation } = this.props;
    const button = event.currentTarget as HTMLElement;
    const later = await this.#getLater();
    if (!later) return conversation.store.set({ problem: texts.unreachable });
    this.setState({ form: <later.Form message={message} conversation={conversation} button={button} close={this.#closeForm} /> });
  };

  readonly #closeForm = (after: () => void) => this.setState({ form: null }, after);

  override render({ conversation, state, privacy }: Properties, { isOpen, form, later }: Shown) {
    return (
      <div class="widget">
        <Launcher element={this.#launcher} isOpen={isOpen} onClick={isOpen ? this.#close : this.#open} />
        <dialog
          ref={this.#dialog}
          aria-labelledby="title"
          onCancel={(event) => (event.preventDefault(), this.#close())}
          onKeyDown={(event) => event.key === "Escape" && (event.preventDefault(), this.#close())}
        >
          <Header
            ref={this.#header}
            onClose={this.#close}
            erase={() => conversation.erase()}
            afterErasing={() => this.#closeForm(() => this.#field.current!.focus())}
          />
          {form}
          <Log
            element={this.#log}
            state={state}
            isOpen={isOpen}
            press={this.#press}
            again={this.#again}
            handOver={this.#handOver}
            later={later}
            getLater={this.#getLater}
            erase={(_, event) => this.#header.current!.ask(event)}
            report={(entry) => conversation.report(entry.message)}
            rate={(entry, helpful) => void conversation.rate(entry.key, entry.message, helpful)}
          />
          <p class="activity" role="status">
            {texts.activity[state.activity]}
          </p>
          <Composer
            element={this.#field}
            state={state}
            privacy={privacy}
            write={(draft) => conversation.write(draft)}
            say={() => void conversation.say()}
          />
          <Announcer entries={state.entries} />
        </dialog>
      </div>
    );
  }
}

function show(dialog: HTMLDialogElement) {
  if (SMALL.matches) dialog.showModal();
  else dialog.show();
}
