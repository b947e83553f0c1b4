import assert from "node:assert/strict";
import { test } from "node:test";
import { answers, asked, said } from "./scripted_gateway.mjs";
import { examples, until, visit, withBrowser } from "./visit.mjs";

withBrowser();

const TURN = "POST /v1/messages";
const DRAFT = "GET /v1/handovers/draft";
const SEND = "POST /v1/handovers";
const ERASE = "DELETE /v1/session";
const START = "Stuur mijn vraag door";
const LOST = "Ik kan Wegwijzer nu niet bereiken.";
const FOR_AXE = { bypassCSP: true };
const NARROW = { ...FOR_AXE, viewport: { width: 320, height: 568 } };
const FORCED = { ...FOR_AXE, forcedColors: "active" };

const [BLOCK] = examples.handover;
const [RECEIPT] = examples.receipt;
const { question, facts, assessment, offers } = BLOCK;
const DRAFTED = { question, facts, assessment, offers, remarks: "" };
const partner = (id, name, version = `${id}-1`) => ({
  id,
  name,
  hours: `${name} is open van 9 tot 17 uur.`,
  reply_days: 2,
  consent: { text: `Je vindt het goed dat wij je vraag en je contactgegevens sturen naar ${name}.`, version },
});
const WORK = partner("voorbeeld_werkcentrum", "Werkcentrum Voorbeeld");
const DESK = partner("voorbeeld_loket", "Ondernemersloket Voorbeeldstad");
const drafted = (...partners) => answers.json({ draft: DRAFTED, partners });
const ONE = drafted(WORK);
const TWO = drafted(WORK, DESK);
const SENT = answers.json(
  {
    reference: RECEIPT.reference,
    partner: { id: WORK.id, name: WORK.name },
    reply_by: RECEIPT.reply_by,
    message: said(4, "Je vraag is onderweg.", { blocks: [RECEIPT] }),
  },
  201,
);
const invalid = (field, message) => answers.json({ error: { code: "invalid_field", message, field } }, 422);

const form = (chat) => chat.dialog.getByRole("region", { name: "Stuur je vraag door" });
const field = (chat, name) => form(chat).getByRole("textbox", { name, exact: true });
const consent = (chat, { consent: { text } } = WORK) => form(chat).getByRole("checkbox", { name: text });
const faults = (chat) => form(chat).getByRole("group", { name: "Kijk dit nog even na" });
const press = (chat, name) => form(chat).getByRole("button", { name, exact: true }).click();

async function ask({ gateway, chat }, ...blocks) {
  gateway.script(TURN, answers.turn(said(3, "Ik kan je vraag doorsturen.", { blocks })));
  await chat.open();
  await chat.say("Ik wil iemand spreken");
  await chat.shows("Ik kan je vraag doorsturen.");
}

async function openForm(visitor, answer = ONE) {
  visitor.gateway.script(DRAFT, answer);
  await ask(visitor, ...examples.contacts, BLOCK);
  await visitor.chat.button(START).click();
  await form(visitor.chat).getByRole("heading", { name: "Je toestemming" }).or(consent(visitor.chat)).first().waitFor();
}

async function fillIn(chat) {
  await field(chat, "Je naam").fill("Voorbeeld Naam");
  await field(chat, "E-mailadres").fill("voorbeeld@zaak.example");
  await consent(chat).check();
}

test("the form comes in a script of its own, only when it is asked for", visit(async (visitor) => {
  const { gateway, chat } = visitor;
  await ask(visitor, BLOCK);
  assert.match(await chat.announced.textContent(), /Ik kan je vraag doorsturen\. 1 antwoordknop\./);
  assert.deepEqual(gateway.later, []);
  gateway.script(DRAFT, ONE);
  await chat.button(START).click();
  await consent(chat).waitFor();
  assert.deepEqual(gateway.later, ["/widget/later.js"]);
  const [{ url, headers }] = gateway.asked(DRAFT);
  assert.deepEqual([url, headers.authorization], ["/v1/handovers/draft?message=3", "Bearer token-1"]);
  assert.equal(await chat.focus(), "handover-title");
  assert.equal(await chat.log.count() + await chat.dialog.getByRole("textbox", { name: "Je vraag" }).count(), 1);
}));

test("what was edited is sent, and nothing that was left out", visit(async (visitor) => {
  const { gateway, chat } = visitor;
  await openForm(visitor);
  await form(chat).getByText("Werkcentrum Voorbeeld is open van 9 tot 17 uur.").waitFor();
  await form(chat).getByText("Antwoord binnen 2 werkdagen").waitFor();
  await form(chat).getByText("Je gegevens gaan niet door de chat en komen niet in het gesprek.").waitFor();
  await field(chat, "Je vraag").fill("Ik zoek een kok.");
  await form(chat).getByRole("checkbox", { name: "Gemeente: Voorbeeldstad" }).uncheck();
  await form(chat).getByRole("checkbox", { name: "Energiescan voor winkels" }).uncheck();
  await field(chat, "Opmerkingen (niet verplicht)").fill("Liefst deze maand.");
  await field(chat, "Telefoonnummer").fill("06 12345678");
  await fillIn(chat);
  gateway.script(SEND, SENT);
  await press(chat, "Verstuur");
  await chat.shows("Je vraag is onderweg.");
  assert.deepEqual(gateway.asked(SEND).map(({ body }) => body), [
    {
      message: 3,
      partner: WORK.id,
      draft: { question: "Ik zoek een kok.", facts: [facts[1]], assessment, offers: [], remarks: "Liefst deze maand." },
      contact: { name: "Voorbeeld Naam", email: "voorbeeld@zaak.example", phone: "06 12345678" },
      consent: "voorbeeld_werkcentrum-1",
    },
  ]);
}));

test("once sent there is a receipt in the log, in sight, and nothing more to send", visit(async (visitor) => {
  const { gateway, chat } = visitor;
  await openForm(visitor);
  await fillIn(chat);
  gateway.script(SEND, SENT);
  await press(chat, "Verstuur");
  const card = chat.log.locator(".card").filter({ hasText: RECEIPT.reference });
  await card.getByRole("heading", { name: "Je aanvraag WW-K7M2X9QD", level: 3 }).waitFor();
  assert.equal(await form(chat).count(), 0);
  assert.equal(await chat.button(START).count(), 0);
  assert.equal(await chat.focus(), "Gesprek");
  assert.match(await chat.announced.textContent(), /Je vraag is onderweg\./);
  await chat.field.waitFor();
  const [above, below] = await chat.log.evaluate((log) => {
    const [frame, last] = [log, log.querySelector("li.entry:last-child")].map((part) => part.getBoundingClientRect());
    return [last.top - frame.top, frame.bottom - last.top];
  });
  assert.ok(above >= 0 && below > 50, `${above} ${below}`);
}));

test("a receipt tells the number, to whom, until when, and what was sent", visit(async (visitor) => {
  const { chat } = visitor;
  await ask(visitor, ...examples.receipt);
  const cards = chat.log.locator(".card").filter({ hasText: "Je aanvraag" });
  await cards.nth(1).waitFor(); // they come in a script of their own
  const [card, other] = await cards.all();
  await card.getByText("Verstuurd naar Werkcentrum Voorbeeld. Antwoord uiterlijk 1 december 2026.").waitFor();
  const details = card.getByText("Gemeente: Voorbeeldstad");
  assert.equal(await details.isVisible(), false);
  await card.getByText("Bekijk wat er verstuurd is").focus();
  await chat.page.keyboard.press("Enter");
  await details.waitFor();
  assert.deepEqual(await card.getByRole("listitem").allTextContents(), [
    "Je vraag: Ik zoek een kok voor mijn restaurant.\nWie kan helpen?", "Gemeente: Voorbeeldstad",
  ]);
  assert.match(await other.textContent(), /Verstuurd naar Ondernemersloket Voorbeeldstad\. *Bekijk/);
}));

test("after a page change what was sent cannot be sent again, and the receipt is there", visit(async ({ page, gateway, chat }) => {
  const messages = [asked(2, "Iemand"), said(3, "Ik kan.", { blocks: [BLOCK] }), said(4, "Onderweg.", { blocks: [RECEIPT] })];
  await chat.open();
  gateway.script("GET /v1/messages", answers.json({ messages, pending: null }));
  await page.reload();
  await chat.log.getByText("Je aanvraag WW-K7M2X9QD").waitFor();
  assert.equal(await chat.button(START).count(), 0);
}));

test("the button belongs to the last turn of this session", visit(async (visitor) => {
  const { gateway, chat } = visitor;
  await ask(visitor, BLOCK);
  await chat.button(START).waitFor();
  gateway.script(TURN, answers.turn(said(6, "Iets anders.")));
  await chat.say("Toch niet");
  await chat.shows("Iets anders.");
  assert.equal(await chat.button(START).count(), 0);
}));

test("with two partners one is chosen, and agreed to for that one only", visit(async (visitor) => {
  const { gateway, chat } = visitor;
  await openForm(visitor, TWO);
  await fillIn(chat);
  const radios = form(chat).getByRole("group", { name: "Naar wie?" }).getByRole("radio");
  assert.deepEqual(await radios.evaluateAll((found) => found.map((radio) => radio.checked)), [true, false]);
  await radios.nth(1).check();
  assert.equal(await consent(chat, DESK).isChecked(), false);
  await press(chat, "Verstuur");
  await faults(chat).getByText("Zet een vinkje als je dit goedvindt.").waitFor();
  await consent(chat, DESK).check();
  gateway.script(SEND, SENT);
  await press(chat, "Verstuur");
  await chat.shows("Je vraag is onderweg.");
  const [{ body }] = gateway.asked(SEND);
  assert.deepEqual([body.partner, body.consent], [DESK.id, DESK.consent.version]);
}));

test("without a partner nothing can be sent, and the chat says what can be done", visit(async (visitor) => {
  const { gateway, chat } = visitor;
  gateway.script(DRAFT, drafted());
  await ask(visitor, ...examples.contacts, BLOCK);
  await chat.button(START).click();
  await chat.dialog.getByRole("status").getByText("Voor deze vraag kan ik nu niets doorsturen. Neem zelf contact op met een van de adressen hierboven.").waitFor();
  assert.equal(await form(chat).count(), 0);
  assert.equal(await chat.focus(), START);
}));

test("all that is not filled in is told at once, above the form and at each field", visit(async (visitor) => {
  const { page, gateway, chat } = visitor;
  await openForm(visitor);
  await field(chat, "Je vraag").fill("");
  await press(chat, "Verstuur");
  await faults(chat).waitFor();
  assert.match(await chat.focus(), /^Kijk dit nog even na/);
  assert.deepEqual(await faults(chat).getByRole("button").allTextContents(), [
    "Schrijf op wat je wilt vragen.", "Vul je naam in.", "Vul een e-mailadres of een telefoonnummer in.",
    "Zet een vinkje als je dit goedvindt. Anders stuur ik niets door.",
  ]);
  for (const [part, fault] of [
    [field(chat, "Je vraag"), "Schrijf op wat je wilt vragen."],
    [field(chat, "Je naam"), "Vul je naam in."],
    [field(chat, "E-mailadres"), "Vul een e-mailadres of een telefoonnummer in."],
    [consent(chat), "Zet een vinkje als je dit goedvindt. Anders stuur ik niets door."],
  ]) {
    assert.equal(await part.getAttribute("aria-invalid"), "true");
    const [own] = await part.evaluateAll(([element]) =>
      element.getAttribute("aria-describedby").split(" ").map((id) => element.getRootNode().getElementById(id).textContent).slice(-1));
    assert.equal(own, fault);
  }
  assert.equal(await field(chat, "Telefoonnummer").getAttribute("aria-invalid"), "false");
  await faults(chat).getByRole("button", { name: "Vul je naam in." }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await chat.focus(), "handover-name");
  assert.equal(gateway.asked(SEND).length, 0);
}));

test("texts that are too long or too short and a wrong address are told before they are sent", visit(async (visitor) => {
  const { gateway, chat } = visitor;
  await openForm(visitor);
  await field(chat, "Je vraag").fill("é");
  await field(chat, "Opmerkingen (niet verplicht)").fill("😀".repeat(601));
  await fillIn(chat);
  await field(chat, "E-mailadres").fill("an@zaak");
  await press(chat, "Verstuur");
  await faults(chat).waitFor();
  assert.deepEqual(await faults(chat).getByRole("button").allTextContents(), [
    "Dit is te kort: minstens 3 tekens.", "Dit is 1 teken te lang: hooguit 600.", "Dit e-mailadres klopt niet. Kijk het nog eens na.",
  ]);
  assert.equal(gateway.asked(SEND).length, 0);
}));

for (const [path, name, id] of [
  ["contact.phone", "Telefoonnummer", "handover-phone"],
  ["draft.question", "Je vraag", "handover-question"],
]) {
  test(`what the gateway finds in ${path} is told at its field`, visit(async (visitor) => {
    const { gateway, chat } = visitor;
    await openForm(visitor);
    await fillIn(chat);
    gateway.script(SEND, invalid(path, "Dit klopt niet."), SENT);
    await press(chat, "Verstuur");
    await faults(chat).getByRole("button", { name: "Dit klopt niet." }).click();
    assert.equal(await chat.focus(), id);
    assert.equal(await field(chat, name).getAttribute("aria-invalid"), "true");
    await press(chat, "Verstuur");
    await chat.shows("Je vraag is onderweg.");
  }));
}

test("what the gateway finds in what is known is told at the list, and the rest above the form", visit(async (visitor) => {
  const { gateway, chat } = visitor;
  await openForm(visitor);
  await fillIn(chat);
  gateway.script(SEND, invalid("draft.offers.0.name", "Dit heeft niet de juiste vorm."), invalid("elsewhere", "Er klopt iets niet."));
  await press(chat, "Verstuur");
  await faults(chat).getByRole("button", { name: "Dit heeft niet de juiste vorm." }).click();
  assert.equal(await chat.focus(), "handover-known");
  await press(chat, "Verstuur");
  await form(chat).getByRole("group", { name: "Er klopt iets niet." }).waitFor();
  assert.equal(await chat.focus(), "Er klopt iets niet.");
}));

test("when the consent is another by now it is to be read again, and the rest stays", visit(async (visitor) => {
  const { gateway, chat } = visitor;
  await openForm(visitor);
  await fillIn(chat);
  const newer = { ...WORK, consent: { text: "Je vindt een nieuwe tekst goed.", version: "2" } };
  gateway.script(SEND, answers.refusal(409, "consent_changed", "Anders."), SENT);
  gateway.script(DRAFT, drafted(newer));
  await press(chat, "Verstuur");
  await faults(chat).getByText("De tekst van de toestemming is veranderd. Lees hem nog eens.").waitFor();
  assert.equal(await consent(chat, newer).isChecked(), false);
  assert.equal(await field(chat, "Je naam").inputValue(), "Voorbeeld Naam");
  await consent(chat, newer).check();
  await press(chat, "Verstuur");
  await chat.shows("Je vraag is onderweg.");
  assert.deepEqual(gateway.asked(SEND).map(({ body }) => body.consent), ["voorbeeld_werkcentrum-1", "2"]);
}));

test("a broken connection loses nothing, and the same can be sent again", visit(async (visitor) => {
  const { gateway, chat } = visitor;
  await openForm(visitor);
  await fillIn(chat);
  gateway.isAway = true;
  await press(chat, "Verstuur");
  await form(chat).getByRole("group", { name: `${LOST} Wat je hebt ingevuld, staat er nog.` }).waitFor();
  assert.match(await chat.focus(), /^Ik kan Wegwijzer/);
  gateway.isAway = false;
  const before = gateway.asked(SEND).length;
  gateway.script(SEND, SENT);
  await press(chat, "Verstuur");
  await chat.shows("Je vraag is onderweg.");
  const [first, last] = [gateway.asked(SEND)[0], gateway.asked(SEND)[before]];
  assert.deepEqual(first.body, last.body);
}));

test("a form that cannot be fetched or drafted is tried again with the same button", visit(async (visitor) => {
  const { gateway, chat } = visitor;
  await ask(visitor, BLOCK);
  gateway.isAway = true;
  await chat.button(START).click();
  await chat.dialog.getByRole("status").getByText(LOST).waitFor();
  assert.equal(await chat.focus(), START);
  gateway.isAway = false;
  gateway.script(DRAFT, answers.refusal(500, "failed", "Er ging iets mis bij ons."), ONE);
  await chat.button(START).click();
  await chat.dialog.getByRole("status").getByText("Er ging iets mis bij ons.").waitFor();
  assert.equal(await chat.focus(), START);
  await chat.button(START).click();
  await consent(chat).waitFor();
}));

test("while it is sent the button waits, and it is sent once", visit(async (visitor) => {
  const { gateway, chat } = visitor;
  await openForm(visitor);
  await fillIn(chat);
  let send;
  gateway.script(SEND, () => new Promise((resolve) => (send = () => resolve(SENT))));
  await press(chat, "Verstuur");
  await form(chat).getByRole("status").getByText("Even versturen…").waitFor();
  await until(() => send);
  await form(chat).getByRole("button", { name: "Verstuur" }).and(chat.page.locator("[aria-disabled=true]")).dispatchEvent("click");
  send();
  await chat.shows("Je vraag is onderweg.");
  assert.equal(gateway.asked(SEND).length, 1);
}));

test("who closes the form while it is sent hears of it all the same", visit(async (visitor) => {
  const { gateway, chat } = visitor;
  await openForm(visitor);
  await fillIn(chat);
  let send;
  gateway.script(SEND, () => new Promise((resolve) => (send = () => resolve(SENT))));
  await press(chat, "Verstuur");
  await until(() => send);
  await press(chat, "Annuleer");
  await chat.field.focus();
  send();
  await chat.shows("Je vraag is onderweg.");
  assert.equal(await chat.focus(), "question");
}));

for (const [way, close] of [
  ["Escape", ({ page }) => page.keyboard.press("Escape")],
  ["the button", ({ chat }) => press(chat, "Annuleer")],
]) {
  test(`closing with ${way} loses nothing and puts the focus back`, visit(async (visitor) => {
    const { gateway, chat } = visitor;
    await openForm(visitor, TWO);
    await field(chat, "Je vraag").fill("Ik zoek een kok.");
    await form(chat).getByRole("radio", { name: DESK.name }).check();
    await form(chat).getByRole("checkbox", { name: "Branche: Horeca" }).uncheck();
    await field(chat, "Telefoonnummer").fill("06 12345678");
    await close(visitor);
    await chat.field.waitFor();
    assert.equal(await chat.focus(), START);
    assert.equal(await chat.dialog.isVisible(), true);
    gateway.script(DRAFT, TWO);
    await chat.button(START).click();
    assert.equal(await field(chat, "Je vraag").inputValue(), "Ik zoek een kok.");
    assert.equal(await field(chat, "Telefoonnummer").inputValue(), "06 12345678");
    assert.equal(await form(chat).getByRole("radio", { name: DESK.name }).isChecked(), true);
    assert.equal(await form(chat).getByRole("checkbox", { name: "Branche: Horeca" }).isChecked(), false);
    assert.deepEqual(gateway.later, ["/widget/later.js"]);
  }));
}

test("closing the chat closes the form, and what was filled in waits", visit(async (visitor) => {
  const { gateway, chat } = visitor;
  await openForm(visitor);
  await field(chat, "Je naam").fill("An");
  await chat.button("Sluit het gesprek").click();
  await chat.launcher.click();
  await chat.shows("Ik kan je vraag doorsturen.");
  gateway.script(DRAFT, ONE);
  await chat.button(START).click();
  assert.equal(await field(chat, "Je naam").inputValue(), "An");
}));

test("fields tell the browser what they are for", visit(async (visitor) => {
  const { chat } = visitor;
  await openForm(visitor);
  const told = await Promise.all(["Je naam", "E-mailadres", "Telefoonnummer"].map((name) =>
    field(chat, name).evaluate((input) => [input.type, input.autocomplete, input.getAttribute("inputmode")])));
  assert.deepEqual(told, [["text", "name", null], ["email", "email", "email"], ["tel", "tel", "tel"]]);
}));

test("the whole form can be done by keyboard, in order", visit(async (visitor) => {
  const { page, gateway, chat } = visitor;
  gateway.script(DRAFT, TWO);
  await ask(visitor, BLOCK);
  await chat.button(START).focus();
  await page.keyboard.press("Enter");
  await consent(chat).waitFor();
  const keys = async (...pressed) => {
    for (const key of pressed) await page.keyboard.press(key);
  };
  await keys("Tab", "Tab");
  assert.equal(await chat.focus(), "handover-question");
  await keys("Tab", "Space", "Tab", "Tab", "Tab", "Tab");
  assert.equal(await chat.focus(), "handover-remarks");
  await keys("Tab");
  await page.keyboard.type("Voorbeeld Naam");
  await keys("Tab");
  await page.keyboard.type("voorbeeld@zaak.example");
  await keys("Tab", "Tab");
  assert.equal(await chat.focus(), "handover-consent");
  await keys("Space", "Tab");
  gateway.script(SEND, SENT);
  await keys("Enter");
  await chat.shows("Je vraag is onderweg.");
  const [{ body }] = gateway.asked(SEND);
  assert.deepEqual([body.draft.facts, body.contact.name, body.consent], [[facts[1]], "Voorbeeld Naam", WORK.consent.version]);
}));

test("contact details do not stay behind once they are sent", visit(async (visitor) => {
  const { page, gateway, chat } = visitor;
  await openForm(visitor);
  await fillIn(chat);
  gateway.script(SEND, SENT);
  await press(chat, "Verstuur");
  await chat.shows("Je vraag is onderweg.");
  const kept = await page.evaluate(() => JSON.stringify(sessionStorage) + document.querySelector("wegwijzer-chat").shadowRoot.textContent);
  assert.doesNotMatch(kept, /Jansen|zaak\.example/);
  assert.equal(gateway.asked(TURN).length, 1);
}));

test("a way to erase everything opens the question, and afterwards tells what went", visit(async (visitor) => {
  const { page, gateway, chat } = visitor;
  await ask(visitor, ...examples.erase);
  assert.match(await chat.announced.textContent(), /1 antwoordknop\./);
  await chat.button("Wis alles").click();
  assert.equal(await chat.focus(), "Nee, bewaar het");
  await page.keyboard.press("Escape");
  assert.equal(await chat.focus(), "Wis alles");
  assert.equal(gateway.asked(ERASE).length, 0);
  const erased = { conversations: 1, turns: 6, messages: 12, buttons: 0, handovers: 2, reports: 1, engine_events: 30 };
  gateway.script(ERASE, answers.json({ erased }));
  await page.keyboard.press("Enter");
  await chat.button("Ja, wis het").click();
  await chat.shows("Gewist: 12 berichten, 2 aanvragen, 1 rapport.");
  assert.equal(await chat.focus(), "question");
  assert.equal(await chat.button("Wis alles").count(), 0);
}));

test("erasing while the form is open closes it and forgets what was filled in", visit(async (visitor) => {
  const { gateway, chat } = visitor;
  await openForm(visitor);
  await fillIn(chat);
  await chat.button("Wis gesprek").click();
  await chat.button("Ja, wis het").click();
  await chat.shows("Je gesprek is gewist.");
  assert.equal(await form(chat).count(), 0);
  assert.equal(await chat.focus(), "question");
  gateway.script(TURN, answers.turn(said(3, "Weer.", { blocks: [BLOCK] })));
  gateway.script(DRAFT, ONE);
  await chat.say("Iemand");
  await chat.button(START).click();
  assert.equal(await field(chat, "Je naam").inputValue(), "");
}));

for (const [where, options] of [["", FOR_AXE], [" with forced colours", FORCED], [" at 320 pixels", NARROW]]) {
  test(`axe finds nothing in the form, its faults, a receipt and a way to erase${where}`, visit(async (visitor) => {
    const { gateway, chat } = visitor;
    await openForm(visitor, TWO);
    assert.deepEqual(await chat.violations(), []);
    await press(chat, "Verstuur");
    await faults(chat).waitFor();
    assert.deepEqual(await chat.violations(), []);
    await press(chat, "Annuleer");
    gateway.script(TURN, answers.turn(said(7, "Kijk.", { blocks: [...examples.receipt, ...examples.erase, BLOCK] })));
    await chat.say("Nog iets");
    await chat.log.getByText("Bekijk wat er verstuurd is").first().click();
    await chat.button("Wis alles").waitFor();
    assert.deepEqual(await chat.violations(), []);
  }, options));
}

for (const height of [568, 200]) {
  test(`at 320 by ${height} the form does not scroll sideways and everything in it can be reached`, visit(async (visitor) => {
    const { page, chat } = visitor;
    await openForm(visitor, TWO);
    await press(chat, "Verstuur");
    await faults(chat).waitFor();
    const wide = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector("wegwijzer-chat");
      return [document.scrollingElement, ...shadowRoot.querySelectorAll("dialog, .handover, fieldset")]
        .filter((element) => element.scrollWidth > element.clientWidth)
        .map((element) => element.className || element.tagName);
    });
    assert.deepEqual(wide, []);
    for (const control of [field(chat, "Je naam"), consent(chat), form(chat).getByRole("button", { name: "Verstuur" })]) {
      await control.scrollIntoViewIfNeeded();
      const { x, y, width, height: tall } = await control.boundingBox();
      assert.ok(x >= 0 && x + width <= 320 && y >= 0 && y + tall < height + 1, `${x} ${y} ${width} ${tall}`);
    }
  }, { viewport: { width: 320, height } }));
}

test("in the form the main targets are 44 pixels, the others 24", visit(async (visitor) => {
  const { chat } = visitor;
  await openForm(visitor, TWO);
  await press(chat, "Verstuur");
  await faults(chat).waitFor();
  const heights = await form(chat).locator("button, .text, .choice, .choice input").evaluateAll((found) =>
    found.map((target) => [target.matches(".faults button, .choice input") ? 24 : 44, target.getBoundingClientRect().height, target.outerHTML]));
  for (const [least, height, what] of heights) assert.ok(height >= least, `${height} ${what}`);
}));
