import { Component, createRef } from "preact";
import { Cross, Signpost } from "./icons";
import * as texts from "./texts";

interface Properties {
  onClose: () => void;
  erase: () => Promise<string | null>;
  afterErasing: () => void;
}

interface Asking {
  isAsking: boolean;
  problem: string;
}

export class Header extends Component<Properties, Asking> {
  override state = { isAsking: false, problem: "" };
  #asker?: HTMLElement;
  readonly #keepButton = createRef<HTMLButtonElement>();

  /** Asks whether to erase; afterwards the focus goes back to the button that wanted it. */
  readonly ask = ({ currentTarget }: MouseEvent) => {
    this.#asker = currentTarget as HTMLElement;
    this.setState({ isAsking: true, problem: "" }, () => this.#keepButton.current!.focus());
  };

  readonly #keep = () => {
    this.setState({ isAsking: false });
    this.#asker!.focus();
  };

  readonly #erase = async () => {
    this.setState({ problem: "" });
    const problem = await this.props.erase();
    if (problem) return this.setState({ problem });
    this.props.afterErasing(); // before the pressed button is gone
    this.setState({ isAsking: false });
  };

  /** Escape answers the question first; once more closes the chat. */
  readonly #onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.#keep();
  };

  override render({ onClose }: Properties, { isAsking, problem }: Asking) {
    return (
      <header>
        <div class="bar">
          <Signpost />
          <h2 id="title">{texts.name}</h2>
          <button class="erase" type="button" aria-expanded={isAsking} onClick={isAsking ? this.#keep : this.ask}>
            {texts.erase}
          </button>
          <button class="close" type="button" aria-label={texts.close} onClick={onClose}>
            <Cross />
          </button>
        </div>
        {isAsking && (
          <div class="erase-question" role="group" aria-labelledby="erase-question" onKeyDown={this.#onKeyDown}>
            <p id="erase-question">{texts.eraseQuestion}</p>
            <p class="problem" role="status">
              {problem}
            </p>
            <button class="primary" type="button" onClick={this.#erase}>
              {texts.eraseYes}
            </button>
            <button ref={this.#keepButton} class="quiet" type="button" onClick={this.#keep}>
              {texts.eraseNo}
            </button>
          </div>
        )}
      </header>
    );
  }
}
