import type { Button } from "./core/messages";
import * as texts from "./texts";

interface Properties {
  buttons: Button[];
  /** What the buttons are about, when more of the same stand on the screen. */
  about?: string;
  isBusy: boolean;
  press: (button: Button, event: MouseEvent) => void;
}

/** Busy buttons keep the focus and their place in the order, so they are not `disabled`; the conversation ignores them. */
export function Replies({ buttons, about, isBusy, press }: Properties) {
  return (
    <div class="replies">
      {buttons.map((button) => (
        <button key={button.id} class="quiet" type="button" aria-disabled={isBusy} onClick={(event) => !isBusy && press(button, event)}>
          {button.title}
          {about && <span class="hidden"> {texts.about(about)}</span>}
        </button>
      ))}
    </div>
  );
}
