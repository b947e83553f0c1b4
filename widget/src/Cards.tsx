import type { ComponentChildren } from "preact";
import type { Block, Button, Contact, Offer, Problem, Report } from "./core/messages";
import { contactSpans, safeUrl } from "./core/text";
import type * as Later from "./later/later";
import { OutsideLink } from "./OutsideLink";
import { Replies } from "./Replies";
import * as texts from "./texts";

export interface ButtonProperties {
  isCurrent: boolean;
  isBusy: boolean;
  press: (button: Button, event: MouseEvent) => void;
}

export interface ReportProperties {
  /** Has a page made of the result; gives what went wrong when that does not work. */
  report: () => Promise<Report | Problem>;
}

export interface LaterProperties {
  /** The second script, when it is there. */
  later?: typeof Later;
  /** Gets it; asked for again when it did not come. */
  getLater: () => void;
}

interface BlockProperties extends LaterProperties, ReportProperties, ButtonProperties {
  blocks: Block[];
  isLast: boolean;
  handOver: ButtonProperties["press"];
  erase: ButtonProperties["press"];
}

/** A newer gateway may send kinds of blocks that this widget does not know; those are left out. */
export function Blocks({ blocks, isLast, handOver, erase, later, getLater, ...actions }: BlockProperties) {
  return (
    <>
      {blocks.map((block) => {
        if (block.type === "offers") return <Cards>{block.offers.map((offer) => <OfferCard key={offer.id} offer={offer} {...actions} />)}</Cards>;
        if (block.type === "contacts") return <Cards>{block.contacts.map((contact) => <ContactCard key={contact.id} contact={contact} />)}</Cards>;
        if (block.type === "progress") return <progress value={block.done} max={block.of} aria-label={texts.progress(block.done, block.of)} />;
        if (block.type === "result" || block.type === "receipt") {
          // Nothing in its place until the script is there: what stands around it stays as it is, and so does the focus.
          if (!later) getLater();
          return later && <later.Card block={block} {...actions} />;
        }
        if (!actions.isCurrent) return null;
        if (block.type === "handover" && isLast) return <Replies buttons={texts.handOver} {...actions} press={handOver} />;
        if (block.type === "erase") return <Replies buttons={texts.eraseAll} {...actions} press={erase} />;
        return null;
      })}
    </>
  );
}

export function Cards({ children }: { children: ComponentChildren }) {
  return (
    <ul class="cards" role="list">
      {children}
    </ul>
  );
}

function OfferCard({ offer, isCurrent, ...buttons }: { offer: Offer } & ButtonProperties) {
  const site = safeUrl(offer.url);
  return (
    <li class="card">
      <h3>{offer.name}</h3>
      <p class="provider">{offer.provider}</p>
      <p class={`badge ${offer.state}`}>{offer.state_text}</p>
      {offer.summary && <p>{offer.summary}</p>}
      <Points kind="why" title={texts.why} points={offer.why} />
      <Points kind="not-met" title={texts.notMet} points={offer.not_met} />
      <Points kind="unknown" title={texts.unknown} points={offer.unknown} />
      <Points kind="amounts" title={texts.amounts} points={offer.amounts} />
      {site && (
        <OutsideLink class="to-site" href={site.href}>
          {texts.toOffer(offer.name)}
        </OutsideLink>
      )}
      {isCurrent && offer.buttons.length > 0 && <Replies buttons={offer.buttons} about={offer.name} {...buttons} />}
      <Source offer={offer} />
    </li>
  );
}

function Points({ kind, title, points }: { kind: string; title: string; points?: string[] }) {
  if (!points?.length) return null;
  return (
    <div class={`points ${kind}`}>
      <h4>{title}</h4>
      <ul>
        {points.map((point) => (
          <li>{point}</li>
        ))}
      </ul>
    </div>
  );
}

function Source({ offer: { source, checked_on } }: { offer: Offer }) {
  const page = safeUrl(source.url);
  return (
    <p class="source">
      {page && (
        <>
          {texts.source} <OutsideLink href={page.href}>{page.hostname.replace(/^www\./, "")}</OutsideLink>
          {source.year && ` · ${source.year}`} ·{" "}
        </>
      )}
      {texts.checkedOn(texts.day(checked_on))}
    </p>
  );
}

function ContactCard({ contact }: { contact: Contact }) {
  const site = safeUrl(contact.url);
  return (
    <li class="card">
      <h3>{contact.name}</h3>
      <p>{contact.role}</p>
      {contact.contact && (
        <p class="reach">
          {contactSpans(contact.contact).map(({ text, href }) => (href ? <a href={href}>{text}</a> : text))}
        </p>
      )}
      {site && (
        <OutsideLink class="to-site" href={site.href}>
          {texts.toOrganisation(contact.name)}
        </OutsideLink>
      )}
    </li>
  );
}
