import assert from "node:assert/strict";
import { test } from "node:test";
import { answers, said } from "./scripted_gateway.mjs";
import { examples, visit, withBrowser } from "./visit.mjs";

withBrowser();

const TURN = "POST /v1/messages";

async function ask(chat, gateway, ...blocks) {
  gateway.script(TURN, answers.turn(said(3, "Kijk eens.", { blocks })));
  await chat.open();
  await chat.say("Wat is er?");
  await chat.shows("Kijk eens.");
}

const card = (chat, name) => chat.log.locator(".card").filter({ has: chat.page.getByRole("heading", { name, level: 3 }) });

const text = async (part) => (await part.textContent()).replaceAll("\u00a0", " ");

test("an offer card tells what it is, why it fits, what is unknown, and where it was found", visit(async ({ gateway, chat }) => {
  await ask(chat, gateway, examples.offers[0]);
  const scan = card(chat, "Energiescan voor winkels");
  for (const part of [
    "Gemeente Voorbeeldstad", "Open voor aanvragen", "Een adviseur kijkt", "Waarom dit kan passen", "je hebt een winkel",
    "Nog niet zeker", "hoeveel energie je per jaar verbruikt", "eigen bijdrage: € 150 (2026)",
  ]) await scan.getByText(part).first().waitFor();
  assert.equal(
    await text(scan.locator(".source")),
    "Bron: voorbeeldstad.example (opent in nieuw tabblad) · 2026 · bekeken op 24 november 2026",
  );
  await scan.getByRole("link", { name: "Naar de regeling: Energiescan voor winkels (opent in nieuw tabblad)" }).waitFor();
  assert.match(await chat.announced.textContent(), /2 regelingen: Energiescan voor winkels; Lening voor verduurzaming/);
}));

test("an offer without an own page, year or amounts leaves those out", visit(async ({ gateway, chat }) => {
  await ask(chat, gateway, examples.offers[0]);
  const loan = card(chat, "Lening voor verduurzaming van bedrijfspanden");
  assert.equal(await loan.getByText("Naar de regeling").count(), 0);
  assert.equal(await loan.getByText("Bedragen").count(), 0);
  assert.equal(await text(loan.locator(".source")), "Bron: provincie.example (opent in nieuw tabblad) · bekeken op 20 november 2026");
}));

test("the buttons of a card stay active when the conversation goes on", visit(async ({ gateway, chat }) => {
  await ask(chat, gateway, examples.offers[0]);
  gateway.script(TURN, answers.turn(said(5, "Meer over de scan.")), answers.turn(said(7, "Nog meer.")));
  const more = chat.button("Vertel meer over Energiescan voor winkels");
  await more.click();
  await chat.shows("Meer over de scan.");
  await more.click();
  await chat.shows("Nog meer.");
  assert.deepEqual(gateway.asked(TURN).slice(1).map(({ body }) => body.button), ["b_voorbeeld1", "b_voorbeeld1"]);
}));

test("a contact card can be called, written to and visited", visit(async ({ gateway, chat }) => {
  await ask(chat, gateway, ...examples.contacts);
  const desk = card(chat, "Ondernemersloket Voorbeeldstad");
  const links = await desk.getByRole("link").evaluateAll((found) => found.map((link) => link.getAttribute("href")));
  assert.deepEqual(links, ["tel:14043", "tel:0431234567", "mailto:loket@voorbeeldstad.example", "https://www.voorbeeldstad.example/loket"]);
  assert.equal(await card(chat, "Coaches voor ondernemers").getByRole("link").count(), 0);
}));

test("an address that is not https is no link in a card", visit(async ({ gateway, chat }) => {
  const [offer] = examples.offers[0].offers;
  await ask(chat, gateway, { type: "offers", offers: [{ ...offer, url: "javascript:alert(1)", source: { url: "http://x.example", year: 2026 } }] });
  assert.equal(await card(chat, offer.name).getByRole("link").count(), 0);
}));

test("a kind of block that is not known is left out in silence", visit(async ({ gateway, chat }) => {
  await ask(chat, gateway, { type: "chart", bars: [1, 2] }, ...examples.contacts);
  await card(chat, "Ondernemersloket Voorbeeldstad").waitFor();
}));
