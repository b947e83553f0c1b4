import type { ComponentChildren } from "preact";
import { Elsewhere } from "./icons";
import * as texts from "./texts";

/** A link to another site, which says that it opens in a new tab. The hard space keeps the icon with the last word. */
export function OutsideLink({ href, class: name, children }: { href: string; class?: string; children: ComponentChildren }) {
  return (
    <a class={name} href={href} target="_blank" rel="noopener">
      {children}
      {"\u00a0"}
      <Elsewhere />
      <span class="hidden">{texts.newTab}</span>
    </a>
  );
}
