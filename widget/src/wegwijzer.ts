// The script that a partner puts on its page: its attributes become those of one element at the end of the page.
import * as texts from "./texts";
import { define } from "./element";
import { TAG } from "./tag";

// Only while the script runs does the browser tell which one it is.
const script = document.currentScript as HTMLScriptElement;

function add() {
  if (document.querySelector(TAG)) return;
  if (!("adoptedStyleSheets" in document)) return addLink(script.dataset.contact);
  define();
  const element = document.createElement(TAG);
  element.lang = "nl";
  Object.assign(element.dataset, script.dataset, { script: script.src });
  document.body.append(element);
}

/** An old browser gets the partner's own way to ask something. */
function addLink(contact?: string) {
  if (!contact) return;
  const link = document.createElement("a");
  link.href = contact;
  link.textContent = texts.fallback;
  document.body.append(link);
}

if (document.body) add();
else document.addEventListener("DOMContentLoaded", add);
