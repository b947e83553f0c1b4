// A gateway that answers by script: each request takes the next answer.
import { Conversation } from "../dist/core/conversation.js";
import { Gateway } from "../dist/core/gateway.js";

export function frame(message) {
  return `id: ${message.id}\ndata: ${JSON.stringify(message)}\n\n`;
}

export const done = "event: done\ndata: {}\n\n";
export const said = (id, text) => ({ id, role: "assistant", text });
export const json = (status, body, headers) => () => new Response(JSON.stringify(body), { status, headers });
export const refusal = (status, code, message = "Een zin.", headers) => json(status, { error: { code, message } }, headers);
export const stream = (...pieces) => () => new Response(pieces.join(""));
export const nothing = () => new Response(null, { status: 204 });
export const session = (token = "t1") => json(201, { token, messages: [said(1, "Welkom")] });
export const unreachable = () => {
  throw new TypeError("network");
};

export const silence = (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

export function conversationWith(...answers) {
  const requests = [];
  const pauses = [];
  const fetch = async (url, { method, headers, body, signal }) => {
    requests.push({ what: `${method} ${new URL(url).pathname}`, token: headers.Authorization, body: body && JSON.parse(body) });
    if (!answers.length) throw new Error(`no answer left for ${method} ${url}`);
    return answers.shift()(signal);
  };
  const memory = { token: null, open: false };
  const conversation = (token = null) => {
    memory.token = token;
    return new Conversation(new Gateway("https://gateway.example", "demo", fetch), memory, async (seconds) => {
      pauses.push(seconds);
    });
  };
  return { conversation, requests, pauses, memory };
}

export const shown = ({ store }) =>
  store.state.entries.map((entry) => (entry.kind === "said" ? entry.message.text : entry.text));
