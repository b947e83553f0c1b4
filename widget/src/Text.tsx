import { paragraphs, type Span } from "./core/text";
import { OutsideLink } from "./OutsideLink";

export function Text({ text }: { text: string }) {
  return (
    <>
      {paragraphs(text).map(({ kind, lines }) =>
        kind === "list" ? (
          <ul>
            {lines.map((line) => (
              <li>
                <Spans spans={line} />
              </li>
            ))}
          </ul>
        ) : (
          <p>
            {lines.map((line, place) => (
              <>
                {place > 0 && <br />}
                <Spans spans={line} />
              </>
            ))}
          </p>
        ),
      )}
    </>
  );
}

function Spans({ spans }: { spans: Span[] }) {
  return (
    <>
      {spans.map(({ text, strong, href }) =>
        href ? <OutsideLink href={href}>{text}</OutsideLink> : strong ? <strong>{text}</strong> : text,
      )}
    </>
  );
}
