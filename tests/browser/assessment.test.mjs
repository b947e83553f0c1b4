import assert from "node:assert/strict";
import { test } from "node:test";
import { answers, said } from "./scripted_gateway.mjs";
import { examples, until, visit, withBrowser } from "./visit.mjs";

withBrowser();

const TURN = "POST /v1/messages";
const REPORT = "POST /v1/reports";
const KEEP = "Bewaar of print je rapport";
const FOR_AXE = { bypassCSP: true };
const NARROW = { ...FOR_AXE, viewport: { width: 320, height: 568 } };
const [RESULT] = examples.result;
const MADE = answers.json({ address: "/rapport/abc", expires_on: "2026-12-28" }, 201);
const READY = "Je rapport staat 30 dagen klaar, tot en met 28 december 2026. Wie de link heeft, kan het lezen.";

async function ask(chat, gateway, ...blocks) {
  gateway.script(TURN, answers.turn(said(3, "Kijk eens.", { blocks })));
  await chat.open();
  await chat.say("Doe de check");
  await chat.shows("Kijk eens.");
}

async function showResult({ gateway, chat }) {
  await ask(chat, gateway, ...examples.progress, RESULT);
  await chat.log.getByText("Bekijk als tabel").click();
}

const card = (chat) => chat.log.locator(".card");
const texts = (found) => found.evaluateAll((parts) => parts.map((part) => part.textContent));

test("progress is a bar that says how far it is", visit(async ({ gateway, chat }) => {
  await ask(chat, gateway, ...examples.progress, { type: "progress", done: 0, of: 8 });
  const bars = chat.log.getByRole("progressbar");
  assert.deepEqual(await bars.evaluateAll((found) => found.map((bar) => [bar.ariaLabel, bar.position])), [
    ["2 van de 8 vragen gedaan", 0.25],
    ["0 van de 8 vragen gedaan", 0],
  ]);
}));

test("a result has one bar for each theme that is known, as long as its share", visit(async ({ gateway, chat }) => {
  await ask(chat, gateway, RESULT);
  await card(chat).getByRole("heading", { name: "Uitslag van je Bedrijfscheck", level: 3 }).waitFor();
  await card(chat).getByText("6 van de 8 vragen gedaan.").waitFor();
  const chart = card(chat).locator("[aria-hidden=true]").first();
  assert.deepEqual(await texts(chart.locator("p")), [
    "Digitalisering: Onderweg", "Financiering: Aan het begin", "Personeel en samenwerken: Goed op weg", "Duurzaamheid: nog niet bekend",
  ]);
  const shares = await chart.locator("rect").evaluateAll((bars) => bars.map((bar) => bar.getBBox().width / bar.parentNode.clientWidth));
  assert.deepEqual(shares.map((share) => Math.round(share * 100)), [50, 2, 83]);
  assert.match(await chat.announced.textContent(), /Kijk eens\. Uitslag van je Bedrijfscheck\./);
}));

test("a result comes in the second script; until then what stands below it keeps its place and the focus", visit(async ({ page, gateway, chat }) => {
  const held = [];
  await page.route("**/widget/later.js*", (route) => held.push(route));
  await ask(chat, gateway, RESULT, ...examples.contacts);
  const [link] = await card(chat).getByRole("link").elementHandles();
  await link.focus();
  assert.equal(await chat.log.getByRole("heading", { name: "Uitslag van je Bedrijfscheck" }).count(), 0);
  await until(() => held.length);
  await held[0].continue();
  await card(chat).first().getByRole("heading", { name: "Uitslag van je Bedrijfscheck" }).waitFor();
  assert.equal(await link.evaluate((element) => element.getRootNode().activeElement === element), true);
  assert.deepEqual(gateway.later, ["/widget/later.js"]);
  const [above, below] = await chat.log.evaluate((log) => {
    const [frame, question] = [log, log.querySelector("li.visitor")].map((part) => part.getBoundingClientRect());
    return [question.top - frame.top, frame.bottom - question.bottom];
  });
  assert.ok(above >= 0 && below > 0, `${above} ${below}`);
}));

test("without the second script the log goes on, and the result comes once it can be had", visit(async ({ page, gateway, chat }) => {
  const missed = [];
  const miss = (route) => (missed.push(route.request().url()), route.abort());
  await page.route("**/widget/later.js*", miss);
  await ask(chat, gateway, RESULT, ...examples.contacts);
  await until(() => missed.length);
  gateway.script(TURN, answers.turn(said(5, "Ik ben er nog.")));
  await chat.say("Hallo");
  await chat.shows("Ik ben er nog.");
  await chat.shows(examples.contacts[0].contacts[0].name);
  assert.equal(await chat.count("Uitslag van je Bedrijfscheck"), 0);
  await page.unroute("**/widget/later.js*", miss);
  await chat.field.fill("En");
  await chat.shows("Uitslag van je Bedrijfscheck");
  assert.equal(await chat.focus(), "question");
  assert.equal(gateway.later.length, 1);
}));

test("the table says all that the chart says, and why", visit(async ({ page, gateway, chat }) => {
  await ask(chat, gateway, RESULT);
  const table = card(chat).getByRole("table", { name: "Bedrijfscheck" });
  assert.equal(await table.isVisible(), false);
  await card(chat).getByText("Bekijk als tabel").focus();
  await page.keyboard.press("Enter");
  await table.waitFor();
  const rows = await table.getByRole("row").evaluateAll((found) => found.map((row) => [...row.cells].map((cell) => cell.textContent)));
  assert.deepEqual(rows, [
    ["Thema", "Stand", "Waarom"],
    ["Digitalisering", "Onderweg", "Je administratie en planning gaan met Excel en e-mail. Klanten kunnen online bestellen."],
    ["Financiering", "Aan het begin", "Je kijkt per maand naar je geld, niet verder vooruit."],
    ["Personeel en samenwerken", "Goed op weg", "Je praat elk jaar met iedereen over het werk en over leren."],
    ["Duurzaamheid", "nog niet bekend", ""],
  ]);
  assert.equal(await table.getByRole("columnheader").count(), 3);
  assert.equal(await table.getByRole("rowheader").count(), 4);
}));

test("the steps stand in order, and their buttons stay active when the conversation goes on", visit(async ({ gateway, chat }) => {
  await ask(chat, gateway, RESULT);
  await chat.button(KEEP).waitFor();
  const steps = card(chat).getByRole("listitem");
  assert.deepEqual(await texts(steps), RESULT.steps.map(({ text, buttons }) => text + buttons[0].title));
  gateway.script(TURN, answers.turn(said(5, "Over een plan.")), answers.turn(said(7, "Over software.")));
  await chat.button("Financieel plan").click();
  await chat.shows("Over een plan.");
  assert.equal(await chat.focus(), "question");
  await chat.button("Software kiezen").click();
  await chat.shows("Over software.");
  assert.deepEqual(gateway.asked(TURN).slice(1).map(({ body }) => body.button), ["b_voorbeeld3", "b_voorbeeld4"]);
}));

test("a result without steps leaves their heading out", visit(async ({ gateway, chat }) => {
  await ask(chat, gateway, { ...RESULT, steps: [] });
  await chat.button(KEEP).waitFor();
  assert.equal(await card(chat).getByRole("heading", { level: 4 }).count(), 0);
}));

test("a report is made by keyboard, and its link gets the focus", visit(async ({ page, gateway, chat }) => {
  await ask(chat, gateway, RESULT);
  gateway.script(REPORT, MADE);
  await chat.button(KEEP).focus();
  await page.keyboard.press("Enter");
  await card(chat).getByRole("status").getByText(READY).waitFor();
  const link = card(chat).getByRole("link", { name: "Open je rapport (opent in nieuw tabblad)" });
  assert.deepEqual(await Promise.all(["href", "target", "rel"].map((name) => link.getAttribute(name))), [
    `${gateway.origin}/rapport/abc`, "_blank", "noopener",
  ]);
  assert.equal(await chat.focus(), await link.textContent());
  assert.equal(await chat.button(KEEP).count(), 0);
  const [{ body, headers }] = gateway.asked(REPORT);
  assert.deepEqual([body, headers.authorization], [{ message: 3 }, "Bearer token-1"]);
}));

test("who types on while the report is made is left in peace, and it is made once", visit(async ({ gateway, chat }) => {
  await ask(chat, gateway, RESULT);
  let make;
  gateway.script(REPORT, () => new Promise((resolve) => (make = () => resolve(MADE))));
  await chat.button(KEEP).click();
  await until(() => make);
  await chat.button(KEEP).and(chat.page.locator("[aria-disabled=true]")).dispatchEvent("click");
  await chat.field.focus();
  make();
  await card(chat).getByText(READY).waitFor();
  assert.equal(await chat.focus(), "question");
  assert.equal(gateway.asked(REPORT).length, 1);
}));

test("a report that cannot be made says so, and the button tries again", visit(async ({ gateway, chat }) => {
  await ask(chat, gateway, RESULT);
  gateway.script(REPORT, answers.refusal(429, "too_many_requests", "Even rustig aan."), MADE);
  await chat.button(KEEP).focus();
  await chat.page.keyboard.press("Enter");
  await card(chat).getByRole("status").getByText("Even rustig aan.").waitFor();
  assert.equal(await chat.focus(), KEEP);
  await chat.page.keyboard.press("Enter");
  await card(chat).getByText(READY).waitFor();
  assert.equal(await chat.count("Even rustig aan."), 0);
}));

test("an address that may not be opened is no link to a report", visit(async ({ gateway, chat }) => {
  await ask(chat, gateway, RESULT);
  gateway.script(REPORT, answers.json({ address: "javascript:alert(1)", expires_on: "2026-12-28" }, 201));
  await chat.button(KEEP).click();
  await card(chat).getByText("Dat lukte niet. Probeer het later nog eens.").waitFor();
  assert.equal(await card(chat).getByRole("link").count(), 0);
}));

test("a result of a session of before is read only", visit(async ({ gateway, chat }) => {
  await ask(chat, gateway, RESULT);
  gateway.script(TURN, answers.refusal(401, "session_expired", "Verlopen."), answers.turn(said(3, "Nieuw.")));
  await chat.say("Nog iets");
  await chat.shows("Nieuw.");
  await card(chat).getByText("Maak een eenvoudig financieel plan").waitFor();
  assert.equal(await card(chat).getByRole("button").count(), 0);
}));

test("a card says what does not fit now, and when one can apply", visit(async ({ gateway, chat }) => {
  await ask(chat, gateway, examples.offers[1], { type: "offers", offers: [{ ...examples.offers[0].offers[0], state: "closed", state_text: "Dicht" }] });
  const later = card(chat).filter({ hasText: "Innovatiebon" });
  await later.getByRole("heading", { name: "Past nu niet", level: 4 }).waitFor();
  await later.getByText("jij zit in de sector detailhandel").waitFor();
  assert.equal(await later.locator(".badge.later").textContent(), "Open vanaf 1 maart 2027");
  const closed = card(chat).filter({ hasText: "Energiescan" });
  assert.equal(await closed.locator(".badge.closed").textContent(), "Dicht");
  assert.equal(await closed.getByText("Past nu niet").count(), 0);
}));

for (const [where, options] of [
  ["", FOR_AXE],
  [" with forced colours", { ...FOR_AXE, forcedColors: "active" }],
  [" at 320 pixels", NARROW],
]) {
  test(`axe finds nothing in progress, result and report${where}`, visit(async (visitor) => {
    const { gateway, chat } = visitor;
    await showResult(visitor);
    assert.deepEqual(await chat.violations(), []);
    gateway.script(REPORT, MADE);
    await chat.button(KEEP).click();
    await card(chat).getByText(READY).waitFor();
    assert.deepEqual(await chat.violations(), []);
  }, options));
}

test("at 320 pixels the result does not scroll sideways and breaks no word", visit(async (visitor) => {
  await showResult(visitor);
  const { card: inside, log } = await visitor.page.evaluate(() => {
    const overflow = (part) => part.scrollWidth - part.clientWidth;
    const { shadowRoot } = document.querySelector("wegwijzer-chat");
    return { card: overflow(shadowRoot.querySelector(".card")), log: overflow(shadowRoot.querySelector(".log")) };
  });
  assert.deepEqual([inside, log], [0, 0]);
  const theme = await visitor.chat.log.getByRole("rowheader", { name: "Duurzaamheid" }).boundingBox();
  assert.ok(theme.height < 30, `${theme.height}`);
}, NARROW));

test("with forced colours the bars have the colour of the text", visit(async (visitor) => {
  await showResult(visitor);
  const [bar, text] = await card(visitor.chat).evaluate((found) =>
    ["svg", "p"].map((part) => getComputedStyle(found.querySelector(part)).color));
  assert.equal(bar, text);
}, { forcedColors: "active" }));

test("in the result the main targets are 44 pixels, the table's 24", visit(async (visitor) => {
  await showResult(visitor);
  const heights = await card(visitor.chat).locator("button, summary").evaluateAll((found) =>
    found.map((target) => [target.tagName, target.getBoundingClientRect().height]));
  for (const [name, height] of heights) assert.ok(height >= (name === "BUTTON" ? 44 : 24), `${name}: ${height}`);
}));
