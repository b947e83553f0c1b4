import assert from "node:assert/strict";
import { test } from "node:test";
import { answers, said } from "./scripted_gateway.mjs";
import { until, visit, withBrowser } from "./visit.mjs";

withBrowser();

const TURN = "POST /v1/messages";

test("a typed question gets an answer, which is read aloud as a whole", visit(async ({ gateway, chat }) => {
  gateway.script(TURN, answers.turn(said(3, "Ja, **zeker**."), said(4, "Wil je meer weten?", { buttons: [{ id: "b_1", title: "Graag" }] })));
  await chat.open();
  await chat.say("Is er subsidie?");
  await chat.shows("Is er subsidie?");
  await chat.shows("Wil je meer weten?");
  assert.deepEqual(await chat.announced.locator("p").allTextContents(), ["Ja, zeker.", "Wil je meer weten? 1 antwoordknop."]);
  const { body, headers } = gateway.asked(TURN)[0];
  assert.equal(body.text, "Is er subsidie?");
  assert.match(body.cid, /^[\w-]{8,64}$/);
  assert.equal(headers.authorization, "Bearer token-1");
  assert.equal(await chat.field.inputValue(), "");
  assert.equal(await chat.focus(), "question");
}));

test("the greeting is read aloud when the chat is opened", visit(async ({ chat }) => {
  await chat.open();
  assert.equal(await chat.announced.textContent(), "Welkom, ik ben een automatische assistent. 2 antwoordknoppen.");
}));

test("Shift and Enter make a new line, and the send button sends", visit(async ({ gateway, chat }) => {
  gateway.script(TURN, answers.turn(said(3, "Ja.")));
  await chat.open();
  await chat.field.pressSequentially("Een");
  await chat.field.press("Shift+Enter");
  await chat.field.pressSequentially("Twee");
  await chat.send.click();
  await chat.shows("Ja.");
  assert.equal(gateway.asked(TURN)[0].body.text, "Een\nTwee");
}));

test("a reply button sends its id, shows its title, goes away and leaves the focus in the field", visit(async ({ gateway, chat }) => {
  gateway.script(TURN, answers.turn(said(3, "Goed zo.")));
  await chat.open();
  await chat.button("Nee").focus();
  await chat.page.keyboard.press("Enter");
  await chat.shows("Goed zo.");
  const { cid, ...rest } = gateway.asked(TURN)[0].body;
  assert.deepEqual(rest, { button: "b_nee" });
  assert.equal(await chat.focus(), "question");
  await chat.log.locator(".visitor").getByText("Nee").waitFor();
  assert.equal(await chat.log.locator(".replies").count(), 0);
}));

test("while an answer is coming a second question waits in the field", visit(async ({ gateway, chat }) => {
  let answer;
  gateway.script(TURN, () => new Promise((resolve) => (answer = () => resolve(answers.turn(said(3, "Klaar."))))));
  await chat.open();
  await chat.say("Eerste");
  await chat.dialog.getByRole("status").getByText("Ik zoek een antwoord…").waitFor();
  await chat.say("Tweede");
  assert.equal(await chat.field.inputValue(), "Tweede");
  await until(() => answer);
  answer();
  await chat.shows("Klaar.");
  assert.equal(gateway.asked(TURN).length, 1);
  assert.equal(await chat.field.inputValue(), "Tweede");
}));

test("scripts and HTML in a message are shown as text", visit(async ({ page, gateway, chat }) => {
  const text = `<img src=x onerror="document.title='kwaad'"> <script>document.title='kwaad'</script> <b>vet</b>`;
  gateway.script(TURN, answers.turn(said(3, text)));
  await chat.open();
  await chat.say(text);
  await until(() => chat.count(text), (count) => count === 2);
  assert.equal(await chat.log.locator("img, script, b").count(), 0);
  assert.match(await page.title(), /^Pagina/);
}));

test("only https addresses become links, in a new tab without a way back", visit(async ({ gateway, chat }) => {
  gateway.script(TURN, answers.turn(said(3, "Zie https://rvo.nl/x. Niet http://rvo.nl/y of javascript:alert(1)\n\n• een\n• twee")));
  await chat.open();
  await chat.say("Waar?");
  await chat.shows("Zie");
  const links = chat.log.getByRole("link");
  assert.equal(await links.count(), 1);
  const link = chat.log.getByRole("link", { name: "https://rvo.nl/x (opent in nieuw tabblad)" });
  assert.deepEqual(await Promise.all(["href", "target", "rel"].map((name) => link.getAttribute(name))), ["https://rvo.nl/x", "_blank", "noopener"]);
  assert.deepEqual(await chat.log.locator(".bubble li").allTextContents(), ["een", "twee"]);
}));

test("feedback is asked under an answer, not under the greeting, and can be changed", visit(async ({ gateway, chat }) => {
  gateway.script(TURN, answers.turn(said(3, "Een."), said(4, "Twee.")));
  await chat.open();
  assert.equal(await chat.count("Helpt dit?"), 0);
  await chat.say("Tel");
  const feedback = chat.log.getByRole("group", { name: "Helpt dit?" });
  await feedback.waitFor();
  assert.equal(await feedback.count(), 1);
  await feedback.getByRole("button", { name: "Nee" }).click();
  await feedback.getByText("Bedankt").waitFor();
  await feedback.getByRole("button", { name: "Ja" }).click();
  await until(() => gateway.asked("POST /v1/feedback").length === 2);
  assert.deepEqual(gateway.asked("POST /v1/feedback").map(({ body }) => body), [{ id: 4, helpful: false }, { id: 4, helpful: true }]);
  assert.equal(await feedback.getByRole("button", { name: "Ja" }).getAttribute("aria-pressed"), "true");
  assert.equal(await chat.focus(), "Ja");
}));

test("erasing asks first, and then nothing is left here or at the gateway", visit(async ({ page, gateway, chat }) => {
  gateway.script(TURN, answers.turn(said(3, "Geheim.")), answers.turn(said(3, "Nieuw antwoord.")));
  await chat.open();
  await chat.say("Vraag");
  await chat.shows("Geheim.");
  await chat.button("Wis gesprek").click();
  assert.equal(await chat.focus(), "Nee, bewaar het");
  await page.keyboard.press("Escape");
  assert.equal(await chat.focus(), "Wis gesprek");
  assert.equal(gateway.asked("DELETE /v1/session").length, 0);
  await chat.button("Wis gesprek").click();
  await chat.button("Ja, wis het").click();
  await chat.shows("Je gesprek is gewist.");
  assert.equal(await chat.count("Geheim."), 0);
  assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage)), ["wegwijzer-open"]);
  assert.equal(await chat.focus(), "question");
  await chat.say("Opnieuw");
  await chat.shows("Nieuw antwoord.");
  assert.equal(gateway.asked("POST /v1/session").length, 2);
}));

test("near 500 characters the field counts, and what is too long is not sent", visit(async ({ gateway, chat }) => {
  await chat.open();
  await chat.field.fill("é".repeat(399));
  assert.equal(await chat.dialog.locator("#count").textContent(), "");
  await chat.field.fill("é".repeat(499));
  assert.equal(await chat.dialog.locator("#count").textContent(), "Nog 1 teken");
  await chat.field.fill("é".repeat(503));
  assert.equal(await chat.dialog.locator("#count").textContent(), "3 tekens te veel");
  await chat.field.press("Enter");
  await chat.dialog.getByText("Je vraag is te lang.").waitFor();
  assert.equal(gateway.asked(TURN).length, 0);
  assert.equal((await chat.field.inputValue()).length, 503);
}));
