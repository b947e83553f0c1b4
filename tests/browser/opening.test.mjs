import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, answers, GREETING, said } from "./scripted_gateway.mjs";
import { visit, withBrowser } from "./visit.mjs";

withBrowser();

const stored = (page) => page.evaluate(() => [Object.keys(sessionStorage).sort(), Object.keys(localStorage), document.cookie]);

test("nothing is stored and nothing is asked before the chat is opened", visit(async ({ page, gateway, chat }) => {
  await chat.launcher.waitFor();
  await page.waitForLoadState("networkidle");
  assert.deepEqual(gateway.requests, []);
  assert.deepEqual(await stored(page), [[], [], ""]);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "BODY");
}));

test("after opening two keys are kept for this tab, and no cookie", visit(async ({ page, gateway, chat }) => {
  await chat.open();
  assert.deepEqual(await stored(page), [["wegwijzer-open", "wegwijzer-token"], [], ""]);
  assert.equal(gateway.requests[0].headers.cookie, undefined);
}));

test("opening moves the focus to the field; Escape and the close button move it back", visit(async ({ chat }) => {
  await chat.open();
  assert.equal(await chat.focus(), "question");
  assert.equal(await chat.launcher.getAttribute("aria-expanded"), "true");
  await chat.page.keyboard.press("Escape");
  assert.equal(await chat.dialog.isVisible(), false);
  assert.equal(await chat.focus(), "Vraag het Wegwijzer");
  await chat.launcher.click();
  await chat.button("Sluit het gesprek").click();
  assert.equal(await chat.dialog.isVisible(), false);
  assert.equal(await chat.focus(), "Vraag het Wegwijzer");
}));

test("opening again asks for no second session", visit(async ({ gateway, chat }) => {
  await chat.open();
  await chat.page.keyboard.press("Escape");
  await chat.open();
  assert.equal(gateway.requests.length, 1);
}));

test("beside the page the page stays usable; on a small screen the chat is over it", visit(async ({ page, chat }) => {
  const isModal = () => page.evaluate(() => document.querySelector("wegwijzer-chat").shadowRoot.querySelector("dialog").matches(":modal"));
  await chat.open();
  assert.equal(await isModal(), false);
  await page.setViewportSize({ width: 400, height: 700 });
  await page.waitForFunction(() => document.querySelector("wegwijzer-chat").shadowRoot.querySelector("dialog:modal"));
  assert.equal(await chat.focus(), "question");
  await page.keyboard.press("Escape");
  assert.equal(await chat.focus(), "Vraag het Wegwijzer");
}));

test("history comes back on the next page without moving the focus or being read aloud", visit(async ({ page, gateway, chat }) => {
  await chat.open();
  gateway.script("GET /v1/messages", answers.json({
    messages: [GREETING, asked(2, "Is er subsidie?"), said(3, "Ja, die is er.", { helpful: true })],
    pending: null,
  }));
  await page.goto(`${gateway.partner}/elders`);
  await chat.shows("Ja, die is er.");
  await chat.shows("Is er subsidie?");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "BODY");
  assert.equal(await chat.announced.textContent(), "");
  assert.equal(await chat.button("Ja").getAttribute("aria-pressed"), "true");
  assert.equal(gateway.asked("POST /v1/session").length, 1);
}));

test("an answer that was on its way arrives on the next page, and that is read aloud", visit(async ({ page, gateway, chat }) => {
  await chat.open();
  gateway.script("GET /v1/messages", answers.json({ messages: [GREETING, asked(2, "Is er subsidie?")], pending: "cid-of-before" }));
  gateway.script("POST /v1/messages", answers.turn(said(3, "Ja, die is er.")));
  await page.goto(`${gateway.partner}/elders`);
  await chat.shows("Ja, die is er.");
  assert.deepEqual(gateway.asked("POST /v1/messages")[0].body, { cid: "cid-of-before" });
  assert.equal(await chat.announced.textContent(), "Ja, die is er.");
}));

test("on a small screen the chat does not come back over the next page", visit(async ({ page, gateway, chat }) => {
  await chat.launcher.click();
  await chat.field.waitFor();
  await page.goto(`${gateway.partner}/elders`);
  await chat.launcher.waitFor();
  assert.equal(await chat.dialog.isVisible(), false);
}, { viewport: { width: 380, height: 700 } }));

test("a closed chat stays closed on the next page and asks nothing", visit(async ({ page, gateway, chat }) => {
  await chat.open();
  await page.keyboard.press("Escape");
  await page.goto(`${gateway.partner}/elders`);
  await chat.launcher.waitFor();
  assert.equal(await chat.dialog.isVisible(), false);
  assert.equal(gateway.requests.length, 1);
}));

test("a second script on the page adds no second chat", visit(async ({ page, gateway, chat }) => {
  await page.evaluate((src) => new Promise((resolve) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload: resolve }));
  }), `${gateway.origin}/widget/wegwijzer.js`);
  await chat.launcher.waitFor();
  assert.equal(await page.locator("wegwijzer-chat").count(), 1);
}, { bypassCSP: true }));

test("an old browser gets the partner's own way to ask", visit(async ({ page, gateway }) => {
  await page.addInitScript(() => delete Document.prototype.adoptedStyleSheets);
  await page.goto(gateway.partner);
  const link = page.getByRole("link", { name: "Stel je vraag" });
  await link.waitFor();
  assert.equal(await link.getAttribute("href"), "/contact");
}, { restore: true }));
