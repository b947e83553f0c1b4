import type { Ref } from "preact";
import { LONGEST_TEXT } from "./core/conversation";
import { lengthOf } from "./core/length";
import type { State } from "./core/store";
import { OutsideLink } from "./OutsideLink";
import * as texts from "./texts";

const COUNT_FROM = 400;

interface Properties {
  element: Ref<HTMLTextAreaElement>;
  state: State;
  privacy?: string;
  write: (draft: string) => void;
  say: () => void;
}

export function Composer({ element, state, privacy, write, say }: Properties) {
  const length = lengthOf(state.draft);
  // The line break that ends a word in an input method is not a message yet.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    say();
  };

  return (
    <form class="composer" noValidate onSubmit={(event) => (event.preventDefault(), say())}>
      <label for="question">{texts.question}</label>
      <p id="problem" class="problem" role="status">
        {state.problem}
      </p>
      <div class="line">
        <textarea
          ref={element}
          id="question"
          rows={1}
          enterkeyhint="send"
          autocomplete="off"
          aria-describedby="problem count about"
          aria-invalid={state.problem !== "" || length > LONGEST_TEXT}
          value={state.draft}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button class="primary" type="submit" aria-disabled={state.activity !== "idle"}>
          {texts.send}
        </button>
      </div>
      {/* Not announced at every key: it is part of the field's description. */}
      <p id="count" class="count">
        {length > LONGEST_TEXT ? texts.tooMany(length - LONGEST_TEXT) : length >= COUNT_FROM && texts.left(LONGEST_TEXT - length)}
      </p>
      <p class="about">
        <span id="about">{texts.assistant}</span> {privacy && <OutsideLink href={privacy}>{texts.privacy}</OutsideLink>}
      </p>
    </form>
  );
}
