import type { Message } from "./core/messages";
import { type Entry, lastTurn } from "./core/store";
import { plain } from "./core/text";
import * as texts from "./texts";

/**
 * Reads aloud what is new. A region beside the log, because the log also gets the history of the page before;
 * inside the dialog, because a modal dialog silences everything outside it. Each message is added as a whole:
 * one text that changes would lose all but the last of a burst. What is over leaves, so that nobody finds it twice.
 */
export function Announcer({ entries }: { entries: readonly Entry[] }) {
  return (
    <div class="hidden" aria-live="polite">
      {entries.slice(lastTurn(entries)).map((entry) => {
        const text = announcement(entry);
        return text && <p key={`${entry.key} ${text}`}>{text}</p>;
      })}
    </div>
  );
}

function announcement(entry: Entry): string {
  if (entry.kind === "notice") return entry.text;
  if (entry.kind === "asked") return entry.failure ?? "";
  return entry.fresh ? spoken(entry.message) : "";
}

function spoken({ text = "", blocks = [], buttons = [] }: Message): string {
  const parts = [plain(text)];
  let count = buttons.length;
  for (const block of blocks) {
    if (block.type === "offers") parts.push(texts.offers(block.offers.map((offer) => offer.name)));
    if (block.type === "result") parts.push(`${texts.result(block.name)}.`);
    if (block.type === "contacts") parts.push(texts.contacts(block.contacts.map((contact) => contact.name)));
    if (block.type === "handover" || block.type === "erase") count++;
  }
  if (count) parts.push(texts.replies(count));
  return parts.filter(Boolean).join(" ");
}
