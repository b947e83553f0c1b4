import type { Ref } from "preact";
import { Signpost } from "./icons";
import * as texts from "./texts";

interface Properties {
  element: Ref<HTMLButtonElement>;
  isOpen: boolean;
  onClick: (event: MouseEvent) => void;
}

export function Launcher({ element, isOpen, onClick }: Properties) {
  return (
    <button ref={element} class="launcher" type="button" aria-haspopup="dialog" aria-expanded={isOpen} onClick={onClick}>
      <Signpost />
      {texts.launcher}
    </button>
  );
}
