import assert from "node:assert/strict";
import { test } from "node:test";
import { answers, said } from "./scripted_gateway.mjs";
import { until, visit, withBrowser } from "./visit.mjs";

withBrowser();

const TURN = "POST /v1/messages";
const OFFLINE = "Geen verbinding, ik probeer het opnieuw";

test("a cut stream is asked again with the same cid and shows nothing twice", visit(async ({ gateway, chat }) => {
  const [one, two] = [said(3, "Deel een."), said(4, "Deel twee.")];
  gateway.script(TURN, answers.cut(one), answers.turn(one, two));
  await chat.open();
  await chat.say("Vertel");
  await chat.shows("Deel een.");
  await chat.shows("Deel twee.");
  assert.equal(await chat.count("Deel een."), 1);
  assert.deepEqual(await chat.announced.locator("p").allTextContents(), ["Deel een.", "Deel twee."]);
  const [first, second] = gateway.asked(TURN).map(({ body }) => body.cid);
  assert.equal(first, second);
}));

test("a gateway that is away and comes back gets the question, which is shown once", visit(async ({ gateway, chat }) => {
  await chat.open();
  gateway.script(TURN, answers.refusal(503, "away", "Even weg."), answers.turn(said(3, "Daar ben ik.")));
  gateway.isAway = true;
  await chat.say("Ben je daar?");
  await chat.dialog.getByRole("status").getByText(OFFLINE).waitFor();
  gateway.isAway = false;
  await chat.shows("Daar ben ik.");
  assert.equal(await chat.count("Ben je daar?"), 1);
  assert.equal(await chat.dialog.getByText(OFFLINE).count(), 0);
}));

test("a gateway that stays away: the visitor gets a button, and the draft stays", visit(async ({ page, gateway, chat }) => {
  await chat.open();
  await page.clock.install();
  gateway.isAway = true;
  await chat.say("Ben je daar?");
  await chat.field.fill("Nog een vraag");
  await until(async () => (await page.clock.runFor(16_000), chat.button("Probeer opnieuw").isVisible()));
  assert.match(await chat.announced.textContent(), /Ik kan Wegwijzer nu niet bereiken/);
  gateway.isAway = false;
  gateway.script(TURN, answers.turn(said(3, "Daar ben ik.")));
  await chat.button("Probeer opnieuw").click();
  assert.equal(await chat.focus(), "question");
  await until(async () => (await page.clock.runFor(1000), chat.count("Daar ben ik.")));
  assert.equal(await chat.field.inputValue(), "Nog een vraag");
  assert.equal(new Set(gateway.asked(TURN).map(({ body }) => body.cid)).size, 1);
}, { bypassCSP: true }));

test("an expired session is replaced and the question asked again", visit(async ({ page, gateway, chat }) => {
  await chat.open();
  gateway.script(TURN, answers.refusal(401, "expired", "Verlopen."), answers.turn(said(3, "Antwoord.")));
  gateway.script("POST /v1/session", answers.json({ token: "token-2", messages: [said(1, "Welkom")] }, 201));
  await chat.say("Vraag");
  await chat.shows("Antwoord.");
  await chat.shows("Je vorige gesprek is verlopen.");
  assert.equal(await chat.count("Vraag"), 1);
  assert.equal(gateway.asked(TURN)[1].headers.authorization, "Bearer token-2");
  assert.equal(await page.evaluate(() => sessionStorage.getItem("wegwijzer-token")), "token-2");
}));

test("a refused text stays in the field, with the reason", visit(async ({ gateway, chat }) => {
  await chat.open();
  gateway.script(TURN, answers.refusal(422, "text", "Dit kan ik niet lezen."));
  await chat.say("???");
  await chat.dialog.getByRole("status").getByText("Dit kan ik niet lezen.").waitFor();
  assert.equal(await chat.field.inputValue(), "???");
  assert.equal(await chat.field.getAttribute("aria-invalid"), "true");
  assert.equal(await chat.count("???"), 0);
}));

test("too many questions: the reason and a button stand at the question, the draft stays", visit(async ({ gateway, chat }) => {
  await chat.open();
  gateway.script(TURN, answers.refusal(429, "rate", "Je stelt veel vragen achter elkaar.", { "Retry-After": "1" }), answers.turn(said(3, "Hier is het.")));
  await chat.say("Vraag");
  await chat.field.fill("Volgende");
  await chat.shows("Je stelt veel vragen achter elkaar.");
  await chat.button("Probeer opnieuw").click();
  await chat.shows("Hier is het.");
  assert.equal(await chat.count("Je stelt veel vragen"), 0);
  assert.equal(await chat.field.inputValue(), "Volgende");
}));

test("a page that is not allowed says so", visit(async ({ gateway, chat }) => {
  gateway.script("POST /v1/session", answers.refusal(403, "origin", "Deze website mag Wegwijzer niet tonen."));
  await chat.launcher.click();
  await chat.shows("Deze website mag Wegwijzer niet tonen.");
}));

test("erasing that fails says so and keeps the conversation", visit(async ({ gateway, chat }) => {
  await chat.open();
  gateway.script("DELETE /v1/session", answers.refusal(500, "error", "Wissen lukt nu niet."));
  await chat.button("Wis gesprek").click();
  await chat.button("Ja, wis het").click();
  await chat.dialog.getByText("Wissen lukt nu niet.").waitFor();
  assert.equal(await chat.count("Welkom"), 1);
  assert.equal(await chat.focus(), "Ja, wis het");
}));
