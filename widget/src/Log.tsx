import { Component, type RefObject } from "preact";
import { Blocks, type LaterProperties } from "./Cards";
import type { Button, Message, Problem, Report } from "./core/messages";
import { type Asked, isFromVisitor, lastStep, type Notice, ratable, type Said, type State } from "./core/store";
import { Feedback } from "./Feedback";
import { Replies } from "./Replies";
import { Text } from "./Text";
import * as texts from "./texts";

export interface Actions extends LaterProperties {
  press: (button: Button, event: MouseEvent) => void;
  again: (again: () => void, event: MouseEvent) => void;
  handOver: (message: Message, event: MouseEvent) => void;
  erase: Actions["press"];
  report: (entry: Said) => Promise<Report | Problem>;
  rate: (entry: Said, helpful: boolean) => void;
}

interface Properties extends Actions {
  element: RefObject<HTMLDivElement>;
  state: State;
  isOpen: boolean;
}

const MARGIN = 12; // the question does not stick to the edge

export class Log extends Component<Properties> {
  /** The last question comes to the top, so that a long answer is read from its beginning; so does a receipt. */
  override componentDidUpdate(before: Properties) {
    const { state, isOpen, element, later } = this.props;
    const { entries, activity } = before.state;
    const hasMore = state.entries.length !== entries.length || state.activity !== activity || later !== before.later;
    if (!hasMore && isOpen === before.isOpen) return; // a rating, or typing: the visitor reads on
    const log = element.current!;
    const first = log.querySelectorAll<HTMLElement>("li.entry")[lastStep(state.entries)];
    if (first) log.scrollTop = first.offsetTop - MARGIN;
  }

  // What is new is read aloud by the Announcer, because the history that is restored here must not be.
  override render({ element, state, isOpen: _, ...actions }: Properties) {
    const step = lastStep(state.entries);
    const rated = ratable(state);
    return (
      <div ref={element} class="log" role="log" aria-live="off" aria-label={texts.log} tabIndex={0}>
        <ol role="list">
          {state.entries.map((entry, place) => (
            <li key={entry.key} class={`entry ${isFromVisitor(entry) ? "visitor" : "assistant"}`}>
              {entry.kind === "notice" && <NoticeLine entry={entry} {...actions} />}
              {entry.kind === "asked" && <Question entry={entry} {...actions} />}
              {entry.kind === "said" && entry.message.role === "visitor" && <Words text={entry.message.text} />}
              {entry.kind === "said" && entry.message.role === "assistant" && (
                <Answer
                  entry={entry}
                  isLast={place >= step}
                  isCurrent={entry.session === state.session}
                  isBusy={state.activity !== "idle"}
                  isRated={rated.has(entry.key)}
                  {...actions}
                />
              )}
            </li>
          ))}
        </ol>
      </div>
    );
  }
}

function NoticeLine({ entry, again }: { entry: Notice } & Actions) {
  return (
    <p class="notice-line">
      {entry.text} {entry.again && <Again onClick={(event) => again(entry.again!, event)} />}
    </p>
  );
}

function Question({ entry, again }: { entry: Asked } & Actions) {
  return (
    <>
      <Words text={entry.text} />
      {entry.failure && (
        <p class="failure">
          {entry.failure} {entry.again && <Again onClick={(event) => again(entry.again!, event)} />}
        </p>
      )}
    </>
  );
}

/** What the visitor said, as it was typed. */
function Words({ text }: { text?: string }) {
  return (
    <div class="bubble">
      <span class="hidden">{texts.from.visitor} </span>
      <p>{text}</p>
    </div>
  );
}

function Again({ onClick }: { onClick: (event: MouseEvent) => void }) {
  return (
    <button class="quiet again" type="button" onClick={onClick}>
      {texts.again}
    </button>
  );
}

interface AnswerProperties extends Actions {
  entry: Said;
  isLast: boolean;
  isCurrent: boolean;
  isBusy: boolean;
  isRated: boolean;
}

function Answer({ entry, isRated, rate, ...actions }: AnswerProperties) {
  const { text, blocks = [], buttons = [], helpful } = entry.message;
  return (
    <>
      <div class={text ? "bubble" : undefined}>
        <span class="hidden">{texts.from.assistant} </span>
        {text && <Text text={text} />}
      </div>
      {/* The gateway knows the buttons of this session only; outside cards those of the last turn are answers still. */}
      <Blocks
        {...actions}
        blocks={blocks}
        handOver={(_, event) => actions.handOver(entry.message, event)}
        report={() => actions.report(entry)}
      />
      {actions.isCurrent && actions.isLast && buttons.length > 0 && <Replies {...actions} buttons={buttons} />}
      {isRated && <Feedback id={`helps-${entry.key}`} helpful={helpful} rate={(value) => rate(entry, value)} />}
    </>
  );
}
