import { render } from "preact";
import { App } from "./App";
import { Conversation } from "./core/conversation";
import { Gateway } from "./core/gateway";
import { tabMemory } from "./core/memory";
import css from "./style.css";

export const TAG = "wegwijzer-chat";

/** `gateway`: its origin; `partner`: the site's id; `privacy`: address of the privacy statement, may be empty. */
class WegwijzerChat extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return; // moved within the page
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    const memory = tabMemory();
    const gateway = new Gateway(this.#attribute("gateway"), this.#attribute("partner"));
    const conversation = new Conversation(gateway, memory);
    const privacy = this.#attribute("privacy");
    conversation.store.subscribe((state) => {
      render(<App conversation={conversation} state={state} memory={memory} privacy={privacy} />, root);
    });
  }

  #attribute(name: string): string {
    return this.getAttribute(name) ?? "";
  }
}

/** A second script on the same page changes nothing. */
export function define() {
  if (!customElements.get(TAG)) customElements.define(TAG, WegwijzerChat);
}
