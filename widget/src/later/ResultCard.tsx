import { Component } from "preact";
import type { ButtonProperties, ReportProperties } from "../Cards";
import type { Report, Result } from "../core/messages";
import { OutsideLink } from "../OutsideLink";
import { Replies } from "../Replies";
import * as texts from "../texts";

export function ResultCard({ result, report, isCurrent, ...pressing }: { result: Result } & ReportProperties & ButtonProperties) {
  return (
    <>
      <h3>{texts.result(result.name)}</h3>
      <p class="provider">
        {texts.progress(result.answered, result.asked)}. {texts.reasons}
      </p>
      <Chart {...result} />
      <Table {...result} />
      {result.steps.length > 0 && (
        <div class="points">
          <h4>{texts.steps}</h4>
          <ol>
            {result.steps.map((step) => (
              <li>
                {step.text}
                {isCurrent && step.buttons.length > 0 && <Replies {...pressing} buttons={step.buttons} />}
              </li>
            ))}
          </ol>
        </div>
      )}
      {isCurrent && <KeepReport report={report} />}
    </>
  );
}

/** For the eye only: the table says the same. The words are beside the drawing, because in one they would not wrap. */
function Chart({ themes }: Result) {
  return (
    <div class="points" aria-hidden="true">
      {themes.map(({ label, level, percent }) => (
        <>
          <p>
            {label}: <strong>{level ?? texts.notKnown}</strong>
          </p>
          {percent !== null && (
            <svg width="100%" height="12">
              <rect width={`${Math.max(percent, 2)}%`} height="12" />
            </svg>
          )}
        </>
      ))}
    </div>
  );
}

/** Its roles are spelled out, because some browsers take those of a table away when its rows are laid out otherwise. */
function Table({ name, themes }: Result) {
  return (
    <details>
      <summary>{texts.asTable}</summary>
      <table role="table" aria-label={name}>
        <thead>
          <tr role="row">
            {texts.columns.map((column) => (
              <th role="columnheader">{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {themes.map(({ label, level, reasons }) => (
            <tr role="row">
              <th role="rowheader">{label}</th>
              <td role="cell">{level ?? texts.notKnown}</td>
              <td role="cell">{reasons.join(" ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

type Asking = Partial<Report> & { isBusy?: boolean; problem?: string };

class KeepReport extends Component<ReportProperties, Asking> {
  readonly #make = async ({ currentTarget }: MouseEvent) => {
    const button = currentTarget as HTMLButtonElement;
    const place = button.parentElement!;
    this.setState({ isBusy: true, problem: "" });
    const made = await this.props.report();
    // The button goes away: who is on it goes on to the link in its place, and nobody else is moved.
    const wasOnIt = button.matches(":focus");
    this.setState({ isBusy: false, ...made }, () => wasOnIt && place.querySelector("a")?.focus());
  };

  override render(_: ReportProperties, { isBusy, problem, address, expires_on }: Asking) {
    return (
      <div>
        {address ? (
          <OutsideLink class="to-site" href={address}>
            {texts.toReport}
          </OutsideLink>
        ) : (
          <button class="quiet" type="button" aria-disabled={isBusy} onClick={(event) => !isBusy && this.#make(event)}>
            {texts.report}
          </button>
        )}
        <p role="status">{expires_on ? texts.reportReady(texts.day(expires_on)) : problem}</p>
      </div>
    );
  }
}
