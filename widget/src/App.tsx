import { Component, createRef } from "preact";
import { Announcer } from "./Announcer";
import { Composer } from "./Composer";
import type { Conversation } from "./core/conversation";
import type { Memory } from "./core/memory";
import type { Button } from "./core/messages";
import type { State } from "./core/store";
import { Header } from "./Header";
import { Launcher } from "./Launcher";
import { Log } from "./Log";
import * as texts from "./texts";

// The style sheet fills the screen at the same sizes.
const SMALL = matchMedia("(max-width: 30em), (max-height: 30em)");

interface Properties {
  conversation: Conversation;
  state: State;
  memory: Memory;
  privacy: string;
}

/** Classes rather than hooks: those would be a fourteenth of the script. */
export class App extends Component<Properties, { isOpen: boolean }> {
  override state = { isOpen: false };
  readonly #dialog = createRef<HTMLDialogElement>();
  readonly #launcher = createRef<HTMLButtonElement>();
  readonly #log = createRef<HTMLDivElement>();
  readonly #field = createRef<HTMLTextAreaElement>();

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
    this.setState({ isOpen });
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

  override render({ conversation, state, privacy }: Properties, { isOpen }: { isOpen: boolean }) {
    return (
      <div class="widget">
        <Launcher element={this.#launcher} isOpen={isOpen} onClick={isOpen ? this.#close : this.#open} />
        <dialog
          ref={this.#dialog}
          aria-labelledby="title"
          onCancel={(event) => (event.preventDefault(), this.#close())}
          onKeyDown={(event) => event.key === "Escape" && (event.preventDefault(), this.#close())}
        >
          <Header onClose={this.#close} erase={() => conversation.erase()} afterErasing={() => this.#field.current!.focus()} />
          <Log
            element={this.#log}
            state={state}
            isOpen={isOpen}
            press={this.#press}
            again={this.#again}
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
