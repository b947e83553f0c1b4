import type { RefObject } from "preact";
import { type Faults as Found, FIELDS, type Field } from "../core/handover";
import * as texts from "../texts";
import { idOf } from "./fields";

interface Properties {
  element: RefObject<HTMLDivElement>;
  problem: string;
  faults: Found;
}

/** What is not right, all of it in one place, with a way to each. Buttons: a link would change the page's address. */
export function Faults({ element, problem, faults }: Properties) {
  const go = (field: Field) => (element.current!.getRootNode() as ShadowRoot).getElementById(idOf(field))?.focus();
  return (
    <div ref={element} class="faults" role="group" aria-labelledby="handover-faults" tabIndex={-1}>
      <h4 id="handover-faults">{problem || texts.faults}</h4>
      <ul role="list">
        {FIELDS.filter((field) => faults[field]).map((field) => (
          <li key={field}>
            <button type="button" onClick={() => go(field)}>
              {faults[field]}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
