import * as preact from "preact";
import { App } from "./App";
import { Conversation } from "./core/conversation";
import { Gateway } from "./core/gateway";
import { tabMemory } from "./core/memory";
import css from "./style.css";
import { TAG } from "./tag";

/** `data-script`: where this script came from; the other attributes are those of the script itself. */
class WegwijzerChat extends HTMLElement {
  /** What the second script builds with, so that it need not bring it again. */
  static readonly preact = { h: preact.h, Component: preact.Component };

  connectedCallback() {
    if (this.shadowRoot) return; // moved within the page
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    const memory = tabMemory();
    const { script = "", partner = "", privacy } = this.dataset;
    const gateway = new Gateway(new URL(script).origin, partner);
    const conversation = new Conversation(gateway, memory);
    const second = new URL("later.js", script).href;
    conversation.store.subscribe((state) => {
      preact.render(<App conversation={conversation} state={state} memory={memory} privacy={privacy} script={second} />, root);
    });
  }
}

/** A second script on the same page changes nothing. */
export function define() {
  if (!customElements.get(TAG)) customElements.define(TAG, WegwijzerChat);
}
