// The form from top to bottom: to whom, what, from whom, and whether that is all right.
import { type Draft, type Faults, type Filled, known, type Partner } from "../core/handover";
import * as texts from "../texts";
import { described, Fault, Group, idOf, Line, LongText } from "./fields";

export interface PartProperties {
  filled: Filled;
  faults: Faults;
  change: (change: Partial<Filled>) => void;
}

export function ToWhom({ partners, filled, faults, change }: PartProperties & { partners: Partner[] }) {
  return (
    <Group field="partner" title={texts.toWhom} faults={faults}>
      {partners.map((partner) =>
        partners.length > 1 ? (
          <label class="choice" key={partner.id}>
            <input type="radio" name="partner" checked={partner.id === filled.partner} onChange={() => change({ partner: partner.id })} />
            <Receiver partner={partner} />
          </label>
        ) : (
          <p class="choice">
            <Receiver partner={partner} />
          </p>
        ),
      )}
    </Group>
  );
}

function Receiver({ partner: { name, hours, reply_days } }: { partner: Partner }) {
  return (
    <span>
      {name}
      <span class="note">{hours}</span>
      <span class="note">{texts.replyIn(reply_days)}</span>
    </span>
  );
}

export function What({ draft, filled, faults, change }: PartProperties & { draft: Draft }) {
  const lines = known(draft);
  const { leftOut } = filled;
  const toggle = (line: string) => (leftOut.includes(line) ? leftOut.filter((other) => other !== line) : [...leftOut, line]);
  return (
    <>
      <LongText
        field="question"
        label={texts.question}
        value={filled.question}
        faults={faults}
        required
        change={(question) => change({ question })}
      />
      {lines.length > 0 && (
        <Group field="known" title={texts.known} hint={texts.knownHint} faults={faults}>
          {lines.map((line) => (
            <label class="choice">
              <input type="checkbox" checked={!leftOut.includes(line)} onChange={() => change({ leftOut: toggle(line) })} />
              {line}
            </label>
          ))}
        </Group>
      )}
      <LongText field="remarks" label={texts.remarks} value={filled.remarks} faults={faults} change={(remarks) => change({ remarks })} />
    </>
  );
}

const REACH_HINT = "handover-reach";

export function FromWhom({ filled: { name, email, phone }, faults, change }: PartProperties) {
  return (
    <fieldset>
      <legend>{texts.reach}</legend>
      <p id={REACH_HINT} class="note">
        {texts.reachHint}
      </p>
      <Line
        field="name"
        label={texts.yourName}
        value={name}
        faults={faults}
        required
        type="text"
        autocomplete="name"
        change={(name) => change({ name })}
      />
      <Line
        field="email"
        label={texts.email}
        value={email}
        faults={faults}
        hint={REACH_HINT}
        type="email"
        inputMode="email"
        autocomplete="email"
        change={(email) => change({ email })}
      />
      <Line
        field="phone"
        label={texts.phone}
        value={phone}
        faults={faults}
        hint={REACH_HINT}
        type="tel"
        inputMode="tel"
        autocomplete="tel"
        change={(phone) => change({ phone })}
      />
    </fieldset>
  );
}

/** Agreed to is one text: for another partner, or once the text is another, it is to be agreed to again. */
export function Consent({ partner, filled, faults, change }: PartProperties & { partner: Partner }) {
  const { text, version } = partner.consent;
  const isGiven = filled.consent === version;
  return (
    <fieldset>
      <legend>{texts.consent}</legend>
      <Fault field="consent" faults={faults} />
      <label class="choice">
        <input
          id={idOf("consent")}
          type="checkbox"
          required
          checked={isGiven}
          aria-invalid={"consent" in faults}
          aria-describedby={described("consent")}
          onChange={() => change({ consent: isGiven ? "" : version })}
        />
        {text}
      </label>
    </fieldset>
  );
}
