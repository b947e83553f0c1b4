// A visitor with a browser on the partner's page: what the tests of the widget share.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before } from "node:test";
import { ScriptedGateway } from "./scripted_gateway.mjs";

// These tests stand beside the widget, what they need is installed in it.
const fromWidget = createRequire(new URL("../../widget/package.json", import.meta.url));
const { chromium } = fromWidget("playwright-core");
const AXE = fromWidget.resolve("axe-core/axe.min.js");
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export const examples = JSON.parse(await readFile(new URL("../../widget/examples/blocks.json", import.meta.url), "utf8"));
export const conversation = JSON.parse(await readFile(new URL("../../widget/examples/conversation.json", import.meta.url), "utf8"));

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}

let browser;

/** To be called once by each file: one browser for all its tests. */
export function withBrowser() {
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());
}

/** Gives the test a page with the widget, closed, and a gateway of its own; complaints of the page fail it. */
export function visit(test, { restore = false, bypassCSP = false, ...options } = {}) {
  return async (context) => {
    const gateway = await new ScriptedGateway().start();
    const tab = await browser.newContext({ viewport: { width: 1200, height: 800 }, reducedMotion: "reduce", bypassCSP, ...options });
    const page = await tab.newPage();
    page.setDefaultTimeout(8000);
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (line) => /Content Security|Trusted/i.test(line.text()) && complaints.push(line.text()));
    try {
      if (!restore) await page.goto(gateway.partner);
      await test({ page, gateway, chat: new Chat(page), context });
      if (complaints.length) throw new Error(complaints.join("\n"));
    } finally {
      await tab.close();
      await gateway.stop();
    }
  };
}

export class Chat {
  constructor(page) {
    this.page = page;
    this.launcher = page.getByRole("button", { name: "Vraag het Wegwijzer" });
    this.dialog = page.getByRole("dialog", { name: "Wegwijzer" });
    this.log = page.getByRole("log", { name: "Gesprek" });
    this.field = page.getByRole("textbox", { name: "Je vraag" });
    this.send = page.getByRole("button", { name: "Verstuur" });
    this.announced = page.locator("wegwijzer-chat [aria-live=polite]");
  }

  async open() {
    await this.launcher.click();
    await this.shows("Welkom");
  }

  async say(text) {
    await this.field.fill(text);
    await this.field.press("Enter");
  }

  shows(text) {
    return this.log.getByText(text).first().waitFor();
  }

  button(name) {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  count(text) {
    return this.log.getByText(text).count();
  }

  /** The element with the focus, also when it is inside the widget. */
  focus() {
    return this.page.evaluate(() => {
      let element = document.activeElement;
      while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element.id || element.getAttribute("aria-label") || element.textContent.trim() || element.tagName;
    });
  }

  /** axe's violations; the page must have been opened with bypassCSP, because axe is not the partner's script. */
  async violations(part = "wegwijzer-chat") {
    await this.page.addScriptTag({ path: AXE });
    return this.page.evaluate(async ([tags, part]) => {
      const { violations } = await axe.run({ include: [[part]] }, { runOnly: tags });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
    }, [WCAG, part]);
  }
}

/** Until the value is as wanted; the page tells by itself nothing about requests. */
export async function until(read, wanted = (value) => value) {
  const end = Date.now() + 8000;
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    if (Date.now() > end) throw new Error(`waited in vain; the last value was ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
