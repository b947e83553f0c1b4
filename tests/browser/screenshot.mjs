// Makes the picture of the widget in the manual: a partner's page with a conversation and two offers.
import { ScriptedGateway, answers } from "./scripted_gateway.mjs";
import { Chat, conversation, launch } from "./visit.mjs";

const PICTURE = new URL("../../docs/manual/widget.png", import.meta.url).pathname;
const PAGE_CSS = `
  body { margin: 0; font: 17px/1.65 system-ui, sans-serif; color: #1d2b30; background: #f6f4ef; }
  main > header { display: flex; gap: 2em; align-items: center; padding: 1.1em 3.5em; background: #fff; border-bottom: 4px solid #c9a24b; }
  main > header strong { font-size: 1.2em; margin-right: auto; }
  main > article { max-width: 33em; padding: 2.5em 3.5em; }
  h1 { font-size: 2.1em; line-height: 1.2; margin: 0 0 .6em; }
  ul { padding: 0; display: grid; gap: .8em; list-style: none; }
  main li { padding: 1em 1.3em; background: #fff; border-radius: .5em; }
  main a { color: #7a4b00; }
`;
const CONTENT = `
  <header><strong>Gemeente Voorbeeldstad</strong><span>Wonen</span><span>Ondernemen</span><span>Contact</span></header>
  <article><h1>Ondernemen in Voorbeeldstad</h1>
  <p>Heb je een bedrijf of wil je er een beginnen? Hier vind je wat de gemeente en anderen voor je kunnen doen.</p>
  <ul><li><a href="#">Een bedrijf starten</a><br>Van plan tot inschrijving.</li>
  <li><a href="#">Vergunningen</a><br>Terras, reclame, verbouwing.</li>
  <li><a href="#">Je pand verduurzamen</a><br>Advies en geld.</li></ul></article>`;

const gateway = Object.assign(new ScriptedGateway(), { css: PAGE_CSS, content: CONTENT });
await gateway.start();
const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1000 }, reducedMotion: "reduce" });
  const { greeting, question, answer } = conversation;
  gateway.script("POST /v1/session", answers.json({ token: "token", messages: greeting }, 201));
  gateway.script("POST /v1/messages", answers.turn(...answer));
  await page.goto(gateway.partner);
  const chat = new Chat(page);
  await chat.launcher.click();
  await chat.shows("Welkom");
  await chat.say(question);
  await chat.shows("Helpt dit?");
  await page.screenshot({ path: PICTURE });
} finally {
  await browser.close();
  await gateway.stop();
}
