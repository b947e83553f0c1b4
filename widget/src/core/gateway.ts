// The gateway's API. Every failure comes out as a GatewayError that says what may be done about it.
import * as texts from "../texts";
import type { Erased, Message, Report } from "./messages";
import { frames } from "./stream";
import { safeUrl } from "./text";

/** lost: ask again; busy: ask again in a second; later: after a pause; expired: needs a new session; refused: never. */
export type Failure = "lost" | "busy" | "later" | "expired" | "refused";

export interface Details {
  code?: string;
  /** The field that is not right. */
  field?: string;
}

export class GatewayError extends Error {
  constructor(
    readonly failure: Failure,
    message: string,
    readonly retryAfter = 0,
    /** What the gateway says of it beside the message. */
    readonly details?: Details,
  ) {
    super(message);
  }
}

export interface Session {
  token: string;
  messages: Message[];
}

export interface History {
  messages: Message[];
  pending: string | null;
}

export interface Turn {
  cid: string;
  text?: string;
  button?: string;
}

// A heartbeat comes every 15 seconds, so a longer silence is a broken connection.
const LONGEST_SILENCE = 40_000;

export class Gateway {
  token: string | null = null;

  constructor(
    private readonly origin: string,
    private readonly partner: string,
    private readonly fetch: typeof globalThis.fetch = (...request) => globalThis.fetch(...request),
  ) {}

  start(signal: AbortSignal): Promise<Session> {
    return this.ask("POST", "/session", signal, { partner: this.partner });
  }

  history(signal: AbortSignal): Promise<History> {
    return this.ask("GET", "/messages?after=0", signal);
  }

  rate(id: number, helpful: boolean, signal: AbortSignal): Promise<void> {
    return this.ask("POST", "/feedback", signal, { id, helpful });
  }

  /** A page with the result in this message. */
  async report(message: number, signal: AbortSignal): Promise<Report> {
    const { address, expires_on } = await this.ask<Report>("POST", "/reports", signal, { message });
    const page = safeUrl(address, this.origin);
    if (!page) throw new GatewayError("refused", texts.refused);
    return { address: page.href, expires_on };
  }

  erase(signal: AbortSignal): Promise<Erased> {
    return this.ask("DELETE", "/session", signal);
  }

  /** The messages of one turn as they come; the same cid again gives the same messages. */
  async *turn(turn: Turn, signal: AbortSignal): AsyncGenerator<Message> {
    const patience = new Patience(signal);
    try {
      const response = await this.#call("POST", "/messages", patience, turn);
      for await (const { event, data } of frames(response.body!.pipeThrough(patience.renewedByEachPiece()))) {
        if (event === "done") return;
        if (event === "message") yield JSON.parse(data) as Message;
      }
      throw lost();
    } catch (error) {
      throw patience.verdict(error);
    } finally {
      patience.end();
    }
  }

  /** Asks once. */
  async ask<T>(method: string, path: string, signal: AbortSignal, body?: object): Promise<T> {
    const patience = new Patience(signal);
    try {
      const response = await this.#call(method, path, patience, body);
      return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
    } catch (error) {
      throw patience.verdict(error);
    } finally {
      patience.end();
    }
  }

  async #call(method: string, path: string, patience: Patience, body?: object): Promise<Response> {
    const headers: Record<string, string> = {};
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    if (body) headers["Content-Type"] = "application/json";
    const response = await this.fetch(`${this.origin}/v1${path}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      signal: patience.signal,
    });
    if (!response.ok) throw await errorOf(response);
    return response;
  }
}

/** Ends a request when nothing has come for too long, or when it is no longer wanted. */
class Patience {
  readonly #controller = new AbortController();
  readonly signal = this.#controller.signal;
  #timer?: ReturnType<typeof setTimeout>;

  constructor(private readonly asked: AbortSignal) {
    if (asked.aborted) this.#controller.abort();
    asked.addEventListener("abort", () => this.#controller.abort(), { once: true, signal: this.signal });
    this.#renew();
  }

  #renew() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(), LONGEST_SILENCE);
  }

  renewedByEachPiece() {
    return new TransformStream<Uint8Array, Uint8Array>({
      transform: (piece, stream) => {
        this.#renew();
        stream.enqueue(piece);
      },
    });
  }

  /** Whatever broke the request is a lost connection, unless the gateway said so itself or nobody waits any more. */
  verdict(error: unknown): unknown {
    if (this.asked.aborted) return this.asked.reason;
    return error instanceof GatewayError ? error : lost();
  }

  end() {
    clearTimeout(this.#timer);
  }
}

function lost(message: string = texts.unreachable) {
  return new GatewayError("lost", message);
}

async function errorOf(response: Response): Promise<GatewayError> {
  const { error } = await response.json().catch(() => ({ error: null }));
  const message = error?.message ?? texts.refused;
  if (response.status === 401) return new GatewayError("expired", message);
  if (response.status === 409 && error?.code === "busy") return new GatewayError("busy", message);
  if (response.status === 429) return new GatewayError("later", message, Number(response.headers.get("Retry-After")) || 0);
  if (response.status >= 500) return lost(error?.message);
  return new GatewayError("refused", message, 0, error);
}
