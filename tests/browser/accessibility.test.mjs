import assert from "node:assert/strict";
import { test } from "node:test";
import { answers, said } from "./scripted_gateway.mjs";
import { examples, visit, withBrowser } from "./visit.mjs";

withBrowser();

const TURN = "POST /v1/messages";
const FOR_AXE = { bypassCSP: true };
const ALL_BLOCKS = [...examples.offers, ...examples.contacts];

async function showCards({ gateway, chat }) {
  gateway.script(TURN, answers.turn(said(3, "Kijk **eens** op https://rvo.nl:\n• een\n• twee", { blocks: ALL_BLOCKS, buttons: [{ id: "b", title: "Meer" }] })));
  await chat.launcher.click();
  await chat.shows("Welkom");
  await chat.say("Wat is er?");
  await chat.shows("Coaches voor ondernemers");
}

test("axe finds nothing when the chat is closed", visit(async ({ chat }) => {
  await chat.launcher.waitFor();
  assert.deepEqual(await chat.violations(), []);
}, FOR_AXE));

test("axe finds nothing when the chat is open", visit(async ({ chat }) => {
  await chat.open();
  assert.deepEqual(await chat.violations(), []);
}, FOR_AXE));

test("axe finds nothing with cards, feedback and reply buttons", visit(async (visitor) => {
  await showCards(visitor);
  assert.deepEqual(await visitor.chat.violations(), []);
}, FOR_AXE));

test("axe finds nothing with errors and with the question whether to erase", visit(async ({ gateway, chat }) => {
  await chat.open();
  gateway.script(TURN, answers.refusal(429, "rate", "Even rustig aan."), answers.refusal(422, "text", "Dit kan ik niet lezen."));
  await chat.say("Vraag");
  await chat.shows("Even rustig aan.");
  await chat.say("???");
  await chat.dialog.getByText("Dit kan ik niet lezen.").waitFor();
  await chat.button("Wis gesprek").click();
  assert.deepEqual(await chat.violations(), []);
}, FOR_AXE));

test("axe finds nothing with forced colours on a small screen", visit(async (visitor) => {
  await showCards(visitor);
  assert.deepEqual(await visitor.chat.violations(), []);
}, { ...FOR_AXE, forcedColors: "active", viewport: { width: 320, height: 568 } }));

for (const height of [568, 200]) {
  test(`at 320 by ${height} nothing scrolls sideways and everything can be reached`, visit(async (visitor) => {
    await showCards(visitor);
    const { page, chat } = visitor;
    const wide = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector("wegwijzer-chat");
      return [document.scrollingElement, ...shadowRoot.querySelectorAll("dialog, .log, .composer")]
        .filter((element) => element.scrollWidth > element.clientWidth)
        .map((element) => element.className || element.tagName);
    });
    assert.deepEqual(wide, []);
    assert.deepEqual(await chat.violations(), []);
    for (const control of [chat.field, chat.send, chat.button("Sluit het gesprek")]) {
      await control.scrollIntoViewIfNeeded();
      const { x, y, width, height: tall } = await control.boundingBox();
      assert.ok(x >= 0 && x + width <= 320 && y >= 0 && y + tall <= height, `${x} ${y} ${width} ${tall}`);
    }
  }, { ...FOR_AXE, viewport: { width: 320, height } }));
}

test("every target is at least 24 pixels, the main ones 44", visit(async (visitor) => {
  await showCards(visitor);
  const { page } = visitor;
  const sizes = await page.evaluate(() => {
    const { shadowRoot } = document.querySelector("wegwijzer-chat");
    return [...shadowRoot.querySelectorAll("button")].map((button) => {
      const { width, height } = button.getBoundingClientRect();
      return { name: button.innerText, isMain: !button.closest(".feedback"), size: Math.min(width, height) };
    });
  });
  for (const { name, isMain, size } of sizes) assert.ok(size >= (isMain ? 44 : 24), `${name}: ${size}`);
}));

test("the page's style does not reach the widget", visit(async ({ page, chat }) => {
  await chat.open();
  const styles = await page.evaluate(() => {
    const { shadowRoot } = document.querySelector("wegwijzer-chat");
    const style = getComputedStyle(shadowRoot.querySelector(".bubble p"));
    return [style.fontSize, style.letterSpacing, style.textTransform, style.textAlign, style.wordSpacing, style.lineHeight];
  });
  assert.deepEqual(styles, ["16px", "normal", "none", "start", "0px", "24px"]);
}));

test("a partner's theme reaches the widget by its own properties only", visit(async ({ page, gateway, chat }) => {
  gateway.css = "wegwijzer-chat { --wegwijzer-primary: rgb(1, 2, 3); --wegwijzer-font: monospace; --primary: red }";
  await page.reload();
  const style = await chat.launcher.evaluate((button) => [getComputedStyle(button).backgroundColor, getComputedStyle(button).fontFamily]);
  assert.deepEqual(style, ["rgb(1, 2, 3)", "monospace"]);
}));

test("everything can be done by keyboard, and the chat does not hold the focus", visit(async ({ page, gateway, chat }) => {
  gateway.script(TURN, answers.turn(said(3, "Antwoord.", { blocks: [examples.offers[0]] })));
  await chat.launcher.waitFor();
  await page.locator("input").focus();
  await page.keyboard.press("Tab");
  assert.equal(await chat.focus(), "Vraag het Wegwijzer");
  await page.keyboard.press("Enter");
  await chat.shows("Welkom");
  await page.keyboard.type("Vraag");
  await page.keyboard.press("Enter");
  await chat.shows("Antwoord.");
  const backwards = [];
  while (backwards.at(-1) !== "Wis gesprek" && backwards.length < 20) {
    await page.keyboard.press("Shift+Tab");
    backwards.push((await chat.focus()).replace(/\s+/g, " "));
  }
  assert.deepEqual(backwards, [
    "Nee", "Ja",
    "provincie.example (opent in nieuw tabblad)", "Vertel meer over Lening voor verduurzaming van bedrijfspanden",
    "voorbeeldstad.example (opent in nieuw tabblad)", "Vertel meer over Energiescan voor winkels",
    "Naar de regeling: Energiescan voor winkels (opent in nieuw tabblad)",
    "Gesprek", "Sluit het gesprek", "Wis gesprek",
  ]);
  await page.keyboard.press("Shift+Tab");
  assert.equal(await chat.focus(), "Vraag het Wegwijzer");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await chat.focus(), "Zoek");
}));

test("readers find one named dialog, log and field, and one polite region inside the dialog", visit(async ({ chat }) => {
  await chat.open();
  for (const part of [chat.dialog, chat.dialog.getByRole("log", { name: "Gesprek" }), chat.dialog.getByRole("textbox", { name: "Je vraag" })]) {
    assert.equal(await part.count(), 1);
  }
  assert.equal(await chat.dialog.locator("[aria-live=polite]").count(), 1);
  assert.equal(await chat.page.locator("wegwijzer-chat").getAttribute("lang"), "nl");
}));
