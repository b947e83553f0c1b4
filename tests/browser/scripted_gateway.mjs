// A gateway that answers by script, the page of a partner, and the built widget; all from one local address each.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const WIDGET = new URL("../../widget/dist/wegwijzer.js", import.meta.url);
const LATER = new URL("../../widget/dist/later.js", import.meta.url);

// What a careless page does to everything on it; none of it may reach the widget.
const HOSTILE_CSS = `
  html { font-size: 34px; letter-spacing: 4px; text-transform: uppercase; }
  * { font-family: fantasy !important; line-height: 3 !important; color: #ddd; text-align: right; word-spacing: 1em; }
  button, dialog, p, li, h2 { display: none !important; background: red !important; }
`;

export const said = (id, text, more = {}) => ({ id, role: "assistant", text, ...more });
export const asked = (id, text) => ({ id, role: "visitor", text });

export const GREETING = said(1, "Welkom, ik ben een automatische assistent.", {
  buttons: [
    { id: "b_ja", title: "Ja" },
    { id: "b_nee", title: "Nee" },
  ],
});

/** What a request may get, by what the script gives for it. */
export const answers = {
  turn: (...messages) => ({ messages, done: true }),
  cut: (...messages) => ({ messages, done: false }),
  refusal: (status, code, message, headers = {}) => ({ status, headers, body: { error: { code, message } } }),
  json: (body, status = 200) => ({ status, body }),
};

export class ScriptedGateway {
  requests = [];
  /** How often the second script was fetched, and from where. */
  later = [];
  /** While it is away it breaks every connection; a browser may try twice by itself, so a script cannot count those. */
  isAway = false;
  #script = [];
  #defaults = {
    "POST /v1/session": () => answers.json({ token: "token-1", messages: [GREETING] }, 201),
    "GET /v1/messages": () => answers.json({ messages: [], pending: null }),
    "POST /v1/feedback": () => ({ status: 204 }),
    "DELETE /v1/session": () => answers.json({ erased: { messages: 2 } }),
  };

  async start() {
    const csp = () =>
      `default-src 'none'; script-src ${this.origin}; connect-src ${this.origin}; style-src ${this.partner}; ` +
      "require-trusted-types-for 'script'; trusted-types 'none'";
    this.gateway = await listen((request, response) => this.#answer(request, response));
    this.site = await listen((request, response) => {
      if (request.url === "/page.css") return response.writeHead(200, { "Content-Type": "text/css" }).end(this.css ?? HOSTILE_CSS);
      const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": csp() };
      response.writeHead(200, headers).end(this.#page(request.url));
    });
    this.origin = originOf(this.gateway);
    this.partner = originOf(this.site);
    return this;
  }

  /** The answers of the next requests of this kind, in this order; after those the usual one. */
  script(kind, ...given) {
    this.#script.push(...given.map((answer) => [kind, answer]));
  }

  asked(kind) {
    return this.requests.filter((request) => request.kind === kind);
  }

  async stop() {
    for (const server of [this.gateway, this.site]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  async #answer(request, response) {
    const path = request.url.split("?")[0];
    if (path === "/widget/wegwijzer.js") {
      return response.writeHead(200, { "Content-Type": "text/javascript" }).end(await readFile(WIDGET));
    }
    if (path === "/widget/later.js") {
      this.later.push(request.url);
      if (this.isAway) return response.destroy();
      const headers = { "Content-Type": "text/javascript", "Access-Control-Allow-Origin": "*" };
      return response.writeHead(200, headers).end(await readFile(LATER));
    }
    response.setHeader("Access-Control-Allow-Origin", this.partner);
    response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type");
    response.setHeader("Access-Control-Allow-Methods", "GET, POST, DELETE");
    response.setHeader("Access-Control-Expose-Headers", "Retry-After");
    if (request.method === "OPTIONS") return response.writeHead(204).end();

    const kind = `${request.method} ${path}`;
    const body = await bodyOf(request);
    this.requests.push({ kind, body, headers: request.headers, url: request.url });
    if (this.isAway) return response.destroy();
    const place = this.#script.findIndex(([scripted]) => scripted === kind);
    const answer = place < 0 ? this.#defaults[kind]?.() : this.#script.splice(place, 1)[0][1];
    await this.#give(response, typeof answer === "function" ? await answer(body) : answer);
  }

  async #give(response, answer = answers.refusal(404, "unknown", "Dat is er niet.")) {
    if (!answer.messages) {
      response.writeHead(answer.status, { "Content-Type": "application/json", ...answer.headers });
      return response.end(answer.body && JSON.stringify(answer.body));
    }
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(": hb\n\n");
    for (const message of answer.messages) response.write(`id: ${message.id}\ndata: ${JSON.stringify(message)}\n\n`);
    if (answer.done) return response.end("event: done\ndata: {}\n\n");
    // What was written reaches the browser before the connection breaks.
    setImmediate(() => response.destroy());
  }

  #page(title) {
    const content = this.content ?? `<h1>Een pagina</h1><a href="/elders">Elders</a> <input aria-label="Zoek">`;
    return `<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>Pagina ${title}</title><link rel="stylesheet" href="/page.css">
      <script src="${this.origin}/widget/wegwijzer.js" data-partner="demo" data-privacy="/privacy" data-contact="/contact" defer></script>
      </head><body><main>${content}</main></body></html>`;
  }
}

async function listen(handler) {
  const server = createServer(handler);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

const originOf = (server) => `http://127.0.0.1:${server.address().port}`;

async function bodyOf(request) {
  let text = "";
  for await (const piece of request) text += piece;
  return text && JSON.parse(text);
}
