// The style of what comes later, added to that of the chat when the first of it is shown.
import css from "./style.css";

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/** To be given what is shown, once it is in its place; nothing when it leaves. */
export function adopt(element: Element | null) {
  const root = element?.getRootNode() as ShadowRoot | undefined;
  if (root && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
