// The cards that come later: the result of an assessment, and the receipt of what was sent to a partner.
import { type ButtonProperties, Cards, type ReportProperties } from "../Cards";
import type { Receipt, Result } from "../core/messages";
import * as texts from "../texts";
import { ResultCard } from "./ResultCard";
import { adopt } from "./style";

type Properties = { block: Result | Receipt } & ReportProperties & ButtonProperties;

export function Card({ block, ...actions }: Properties) {
  return (
    <Cards>
      <li ref={adopt} class="card">
        {block.type === "result" ? <ResultCard result={block} {...actions} /> : <ReceiptCard {...block} />}
      </li>
    </Cards>
  );
}

function ReceiptCard({ reference, partner, reply_by, sent }: Receipt) {
  return (
    <>
      <h3>{texts.receipt(reference)}</h3>
      <p>
        {texts.receiver(partner)} {reply_by && texts.replyBy(texts.day(reply_by))}
      </p>
      <details>
        <summary>{texts.sent}</summary>
        <Cards>
          {sent.map(({ label, value }) => (
            <li class="reach">
              <strong>{label}:</strong> {value}
            </li>
          ))}
        </Cards>
      </details>
    </>
  );
}
