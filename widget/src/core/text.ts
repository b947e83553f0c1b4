// Divides text into parts that the page builds as elements. Nothing here makes HTML: what is no part stays text.

export type Span = { text: string; strong?: true; href?: string };
export type Paragraph = { kind: "lines" | "list"; lines: Span[][] };

const BOLD_OR_LINK = /\*\*(\S(?:.*?\S)?)\*\*|(https:\/\/[^\s<>"]+)/g;
const SENTENCE_END = /[.,;:!?)\]'*]+$/;
const PHONE_OR_MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b14[ -]?0\d{2,3}\b|(?:\+|\b0)\d(?:[ ()/-]*\d){7,11}|\b0[89]00[ -]?\d{4}\b/g;
const BULLET = "• ";

/** Paragraphs are divided by blank lines; lines that begin with a bullet are a list. */
export function paragraphs(text: string): Paragraph[] {
  const found: Paragraph[] = [];
  for (const part of text.trim().split(/\n\s*\n/)) {
    let open: Paragraph | undefined;
    for (const line of part.split("\n")) {
      const kind = line.startsWith(BULLET) ? "list" : "lines";
      if (!open || open.kind !== kind) found.push((open = { kind, lines: [] }));
      open.lines.push(spans(kind === "list" ? line.slice(BULLET.length) : line));
    }
  }
  return found;
}

function spans(line: string): Span[] {
  return divided(line, BOLD_OR_LINK, (match) => {
    if (match[1]) return { text: match[1], strong: true };
    const text = match[0].replace(SENTENCE_END, "");
    return { text, href: text };
  });
}

/** Telephone numbers and mail addresses become links to call and to write. */
export function contactSpans(text: string): Span[] {
  return divided(text, PHONE_OR_MAIL, ([found]) => ({
    text: found,
    href: found.includes("@") ? `mailto:${found}` : `tel:${found.replace("(0)", "").replace(/[^\d+]/g, "")}`,
  }));
}

function divided(text: string, pattern: RegExp, spanOf: (match: RegExpMatchArray) => Span): Span[] {
  const found: Span[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const span = spanOf(match);
    if (match.index! > end) found.push({ text: text.slice(end, match.index) });
    found.push(span);
    // A link ends before the full stop of its sentence; stars around bold are left out.
    end = match.index! + (span.strong ? match[0].length : span.text.length);
  }
  if (end < text.length) found.push({ text: text.slice(end) });
  return found;
}

export function plain(text: string): string {
  return paragraphs(text)
    .map(({ lines }) => lines.map((line) => line.map((span) => span.text).join("")).join("\n"))
    .join("\n");
}

/**
 * The address when it is one that may be opened: https and nothing else, or a page of the gateway itself. That is https
 * too, except for who tries it out on the own machine: no other page gets its script from http.
 */
export function safeUrl(address: string | null, gateway?: string): URL | null {
  try {
    const url = new URL(address ?? "", gateway);
    return url.protocol === "https:" || url.origin === gateway ? url : null;
  } catch {
    return null;
  }
}
