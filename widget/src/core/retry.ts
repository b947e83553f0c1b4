// When a failed request is tried again: one rule for everything that the widget asks.
import { GatewayError } from "./gateway";

const BACK_OFF = [1, 2, 4, 8, 15, 15];
const BUSY_TRIES = 30;

export type Pause = (seconds: number, signal: AbortSignal) => Promise<void>;

/** Seconds to wait after this many failures in a row, or null when trying again is left to the visitor. */
export function secondsBeforeRetry(error: unknown, failures: number): number | null {
  if (!(error instanceof GatewayError)) return null;
  if (error.failure === "busy") return failures <= BUSY_TRIES ? 1 : null;
  if (error.failure === "lost") return BACK_OFF[failures - 1] ?? null;
  return null;
}

export const pause: Pause = (seconds, signal) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
