// The whole system in a browser: widget, gateway, engine and action server as a visitor meets them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { keptReport } from "./report.mjs";
import { RunningSystem } from "./running_system.mjs";
import { Chat, launch } from "./visit.mjs";

const MACHINE = {
  nl: "Hoe kom ik aan geld voor een nieuwe machine?",
  de: "Wie komme ich an Geld für eine neue Maschine?",
  en: "How do I get money for a new machine?",
};
const QUESTION = MACHINE.nl;
const MANY_OFFERS = "Hoe verduurzaam ik mijn winkel?";
const VAGUE = "iets met geld en personeel";
const STATES = ["Staat open volgens de bron", "Controleer bij de aanbieder", "Bestaat niet meer"];
const APOLOGY = "Sorry, er ging iets mis";
const OFFLINE = "Geen verbinding, ik probeer het opnieuw";
const RESTART = { timeout: 90_000 }; // the engine needs some seconds to load its model

const system = new RunningSystem();
let browser;

before(async () => {
  await system.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await system.end();
});

/** A visitor on the demo page. Asking another origin fails the test, and so does an error in the console; in trouble requests may fail. */
function visit(talk, { trouble = false, ...options } = {}) {
  return async () => {
    const tabs = await browser.newContext({ viewport: { width: 1200, height: 900 }, reducedMotion: "reduce", ...options });
    tabs.setDefaultTimeout(20_000);
    const requests = [];
    const complaints = [];
    tabs.on("request", (request) => {
      requests.push(request);
      if (new URL(request.url()).origin !== system.origin) complaints.push(`asked ${request.url()}`);
    });
    tabs.on("weberror", (error) => complaints.push(String(error.error())));
    tabs.on("console", (line) => {
      const isExpected = trouble && line.text().startsWith("Failed to load resource");
      if (line.type() === "error" && !isExpected) complaints.push(line.text());
    });
    try {
      const page = await tabs.newPage();
      const answer = await page.goto(system.origin);
      await talk({ page, tabs, chat: new Talk(page), requests, answer });
      assert.deepEqual(complaints, []);
    } finally {
      await tabs.close();
    }
  };
}

class Talk extends Chat {
  questions = this.log.locator("li.visitor");
  last = this.log.locator("li.assistant:not(:has(~ li.visitor))");
  offers = this.last.locator(".card:has(.badge)");
  people = this.last.locator(".card:has(.reach, .to-site):not(:has(.badge))");
  choices = this.last.locator(".replies:not(.card *) button");

  async open() {
    await this.launcher.click();
    await this.shows("automatische assistent");
    await this.idle();
  }

  async ask(text) {
    await this.say(text);
    await this.idle();
  }

  async press(button) {
    await button.click();
    await this.idle();
  }

  /** Until the answer is complete. */
  idle(options) {
    return this.dialog.locator("button[type=submit][aria-disabled=false]").waitFor(options);
  }

  names() {
    return this.offers.getByRole("heading", { level: 3 }).allTextContents();
  }

  /** What was asked, and the names on all cards of the answer; nothing may be in it twice. */
  async turn() {
    return { asked: await this.questions.locator("p").allTextContents(), cards: await this.last.locator(".card h3").allTextContents() };
  }
}

const sent = (requests) => requests.filter((request) => request.method() === "POST" && request.url() === `${system.origin}/v1/messages`);
const token = (page) => page.evaluate(() => sessionStorage.getItem("wegwijzer-token"));

/** The element that has the focus after pressing a key until it begins with `name`. */
async function moveFocus(chat, key, name) {
  const passed = [];
  do {
    await chat.page.keyboard.press(key);
    passed.push((await chat.focus()).replace(/\s+/g, " "));
  } while (!passed.at(-1).startsWith(name) && passed.length < 40);
  assert.ok(passed.at(-1).startsWith(name), passed.join(" > "));
  return passed.at(-1);
}

test("the demo page shows the widget under a strict policy", visit(async ({ chat, answer }) => {
  const policy = answer.headers()["content-security-policy"];
  for (const rule of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "require-trusted-types-for 'script'"]) {
    assert.ok(policy.split("; ").includes(rule), policy);
  }
  await chat.open();
}));

test("a Dutch question gives offers with why, source, state and day, and a way to a person", visit(async ({ chat }) => {
  await chat.open();
  await chat.ask(QUESTION);
  const cards = await chat.offers.all();
  assert.ok(cards.length >= 1 && cards.length <= 3, `${cards.length} offers`);
  for (const card of cards) {
    assert.notEqual(await card.getByRole("heading", { level: 3 }).textContent(), "");
    assert.ok(await card.locator(".why li").count());
    assert.ok(STATES.includes(await card.locator(".badge").textContent()));
    const source = card.locator(".source");
    assert.match(await source.getByRole("link").getAttribute("href"), /^https:\/\/\S+\.\S+/);
    assert.match(await source.textContent(), /^Bron: \S+.* bekeken op \d{1,2} [a-z]+ 20\d\d$/);
  }
  await chat.press(chat.button("Liever een mens"));
  assert.ok(await chat.people.getByRole("link").count());
}));

for (const language of ["de", "en"]) {
  test(`a question in ${{ de: "German", en: "English" }[language]} gives offers about the same as in Dutch`, visit(async ({ chat }) => {
    const about = () => chat.offers.locator(".why li").filter({ hasText: /^Gaat over/ }).allTextContents();
    await chat.open();
    await chat.ask(MACHINE.nl);
    const dutch = await about();
    assert.ok(dutch.length);
    await chat.ask(MACHINE[language]);
    assert.deepEqual(new Set(await about()), new Set(dutch));
  }));
}

test("an offer that is asked for by name is told about", visit(async ({ chat }) => {
  await chat.open();
  await chat.ask("wat is de WBSO?");
  assert.deepEqual(await chat.names(), ["WBSO"]);
  await chat.last.locator(".bubble").getByText("belastingvoordeel").waitFor();
}));

test("a vague question gives at most three choices, and the one that is pressed gives offers", visit(async ({ chat }) => {
  await chat.open();
  await chat.ask(VAGUE);
  const choices = await chat.choices.allTextContents();
  assert.equal(choices.pop(), "Iets anders");
  assert.ok(choices.length >= 1 && choices.length <= 3, choices.join(", "));
  await chat.press(chat.button(choices[0]));
  assert.equal(await chat.questions.last().locator("p").textContent(), choices[0]);
  assert.ok(await chat.offers.count());
}));

for (const [how, more] of [["typed", (chat) => chat.ask("meer")], ["pressed", (chat) => chat.press(chat.button("Meer laten zien"))]]) {
  test(`more that is ${how} gives other offers`, visit(async ({ chat }) => {
    await chat.open();
    await chat.ask(MANY_OFFERS);
    const first = await chat.names();
    await more(chat);
    const next = await chat.names();
    assert.ok(first.length && next.length);
    assert.deepEqual(next.filter((name) => first.includes(name)), []);
  }));
}

test("a card's button tells more about that offer", visit(async ({ chat }) => {
  await chat.open();
  await chat.ask(MANY_OFFERS);
  const name = (await chat.names())[1];
  await chat.press(chat.button(`Vertel meer over ${name}`));
  assert.equal(await chat.last.locator(".bubble strong").first().textContent(), name);
}));

test("a reload keeps the conversation and what the visitor thought of an answer, and the next question works", visit(async ({ page, chat }) => {
  await chat.open();
  await chat.ask(QUESTION);
  const before = await chat.turn();
  const kept = page.waitForResponse(`${system.origin}/v1/feedback`);
  await chat.log.getByRole("group", { name: "Helpt dit?" }).getByRole("button", { name: "Nee" }).click();
  assert.equal((await kept).status(), 204);
  await page.reload();
  await chat.idle();
  assert.deepEqual(await chat.turn(), before);
  assert.equal(await chat.log.getByRole("group", { name: "Helpt dit?" }).getByRole("button", { name: "Nee" }).getAttribute("aria-pressed"), "true");
  await chat.press(chat.button(`Vertel meer over ${before.cards[0]}`));
  await chat.last.locator(".bubble strong").getByText(before.cards[0]).waitFor();
}));

test("a second tab has a conversation of its own", visit(async ({ page, tabs, chat }) => {
  await chat.open();
  await chat.ask(QUESTION);
  const other = new Talk(await tabs.newPage());
  await other.page.goto(system.origin);
  await other.open();
  await other.ask("wat is de WBSO?");
  assert.deepEqual((await other.turn()).asked, ["wat is de WBSO?"]);
  assert.notEqual(await token(other.page), await token(page));
  await page.reload();
  await chat.idle();
  assert.deepEqual((await chat.turn()).asked, [QUESTION]);
}));

test("an erased conversation is gone here and at the gateway, and a new one begins", visit(async ({ page, chat }) => {
  await chat.open();
  await chat.ask("Ik heb schulden met mijn zaak in Heerlen. Waar kan ik heen?");
  const old = await token(page);
  const history = () => fetch(`${system.origin}/v1/messages`, { headers: { Authorization: `Bearer ${old}` } });
  assert.equal((await history()).status, 200);
  await chat.button("Wis gesprek").click();
  await chat.button("Ja, wis het").click();
  await chat.shows("Je gesprek is gewist.");
  assert.equal((await history()).status, 401);
  await chat.ask(QUESTION);
  await page.reload();
  await chat.idle();
  assert.deepEqual((await chat.turn()).asked, [QUESTION]);
  assert.notEqual(await token(page), old);
}));

test("HTML and script that are typed are shown as text, also after a reload", visit(async ({ page, chat }) => {
  const title = await page.title();
  const text = `<img src=x onerror="document.title='kwaad'"> <script>document.title='kwaad'</script> <b>subsidie</b>`;
  await chat.open();
  await chat.ask(text);
  for (const moment of ["asked", "restored"]) {
    assert.deepEqual((await chat.turn()).asked, [text], moment);
    assert.equal(await chat.log.locator("img, script, b").count(), 0);
    await page.reload();
    await chat.idle();
  }
  assert.equal(await page.title(), title);
}));

test("nothing, only spaces and 501 characters are not sent; 500 characters are", visit(async ({ chat, requests }) => {
  const longest = "Welke subsidie is er? ".repeat(30).slice(0, 499) + "?";
  await chat.open();
  await chat.say("");
  await chat.send.click();
  await chat.say("  \n ");
  await chat.say(`${longest}?`);
  await chat.dialog.getByText("Je vraag is te lang.").waitFor();
  await chat.ask(longest);
  assert.deepEqual(sent(requests).map((request) => request.postDataJSON().text), [longest]);
  assert.deepEqual((await chat.turn()).asked, [longest]);
}));

for (const service of ["engine", "actions"]) {
  test(`${service} dies during a question: an apology, a person, and a button that works when it is back`, visit(async ({ chat }) => {
    await chat.open();
    system.freeze(service);
    await chat.say(QUESTION);
    await system.isAsked(service);
    system.kill(service);
    await chat.idle();
    await chat.last.getByText(APOLOGY).waitFor();
    assert.equal(await chat.people.count(), 1);
    await system.ready();
    await chat.press(chat.button("Vraag het opnieuw"));
    assert.ok(await chat.offers.count());
    assert.equal(await chat.questions.getByText(QUESTION).count(), 1);
  }));
}

test("the web process dies before it has read a question: the answer comes when it is back, once", visit(async ({ page, chat }) => {
  await chat.open();
  system.freeze("web");
  await chat.say(QUESTION);
  await system.isAsked("web");
  system.kill("web");
  await chat.dialog.getByRole("status").getByText(OFFLINE).waitFor();
  await chat.idle(RESTART);
  const { asked, cards } = await chat.turn();
  assert.deepEqual(asked, [QUESTION]);
  assert.ok(cards.length);
  assert.equal(new Set(cards).size, cards.length);
  await page.reload();
  await chat.idle();
  assert.deepEqual(await chat.turn(), { asked, cards });
}, { trouble: true }));

test("the web process dies while the engine answers: an apology comes, once, and the next question works", visit(async ({ page, chat }) => {
  await chat.open();
  system.freeze("engine");
  await chat.say(QUESTION);
  await system.isAsked("engine");
  system.kill("web");
  system.thaw("engine");
  await chat.idle(RESTART);
  assert.equal(await chat.last.getByText(APOLOGY).count(), 1);
  assert.deepEqual((await chat.turn()).asked, [QUESTION]);
  await page.reload();
  await chat.idle();
  assert.equal(await chat.count(APOLOGY), 1);
  assert.deepEqual((await chat.turn()).asked, [QUESTION]);
  await chat.press(chat.button("Vraag het opnieuw"));
  assert.ok(await chat.offers.count());
}, { trouble: true }));

test("a question that is asked offline is answered when the connection is back", visit(async ({ tabs, chat, requests }) => {
  await chat.open();
  await tabs.setOffline(true);
  await chat.say(QUESTION);
  await chat.dialog.getByRole("status").getByText(OFFLINE).waitFor();
  await tabs.setOffline(false);
  await chat.idle();
  assert.ok(await chat.offers.count());
  assert.deepEqual((await chat.turn()).asked, [QUESTION]);
  assert.equal(new Set(sent(requests).map((request) => request.postDataJSON().cid)).size, 1);
}, { trouble: true }));

test("everything can be done by keyboard alone", visit(async ({ page, chat }) => {
  await chat.launcher.waitFor();
  await moveFocus(chat, "Tab", "Vraag het Wegwijzer");
  await page.keyboard.press("Enter");
  await chat.shows("automatische assistent");
  await page.keyboard.type(QUESTION);
  await page.keyboard.press("Enter");
  await chat.idle();
  const button = await moveFocus(chat, "Shift+Tab", "Vertel meer over ");
  await page.keyboard.press("Enter");
  await chat.idle();
  assert.equal(button, `Vertel meer over ${await chat.last.locator(".bubble strong").first().textContent()}`);
  await page.keyboard.press("Escape");
  assert.equal(await chat.dialog.isVisible(), false);
  assert.equal(await chat.focus(), "Vraag het Wegwijzer");
}));

for (const [width, height] of [[1200, 900], [320, 568]]) {
  test(`axe finds nothing with offers on a screen of ${width} by ${height}, and nothing scrolls sideways`, visit(async ({ page, chat }) => {
    await chat.open();
    await chat.ask(MANY_OFFERS);
    assert.ok(await chat.offers.count());
    assert.deepEqual(await chat.violations(), []);
    const wide = await page.evaluate(() => {
      const parts = document.querySelector("wegwijzer-chat").shadowRoot.querySelectorAll("dialog, .log, .card, .composer");
      return [document.scrollingElement, ...parts].filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.className || part.tagName);
    });
    assert.deepEqual(wide, []);
  }, { bypassCSP: true, viewport: { width, height } }));
}

test("a whole conversation asks no other origin than the gateway's", visit(async ({ page, chat, requests }) => {
  await chat.open();
  await chat.ask(MANY_OFFERS);
  await chat.press(chat.button("Meer laten zien"));
  await chat.press(chat.button("Liever een mens"));
  await page.reload();
  await chat.idle();
  assert.equal(sent(requests).length, 3);
  assert.deepEqual([...new Set(requests.map((request) => new URL(request.url()).origin))], [system.origin]);
}));

const ANSWERS = [
  "Ik kijk per maand", "Uit eigen zak", "Vooral op papier", "Virusscanner en back-up", "Met moeite", "Af en toe een cursus",
  "Het afgelopen jaar", "Met niemand",
];

test("the assessment is walked through by keyboard alone, with a question at each step, to a report of one's own", visit(async ({ page, tabs, chat }) => {
  const type = async (text) => {
    if ((await chat.focus()) !== "question") await moveFocus(chat, "Tab", "question");
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
    await chat.idle();
  };
  await chat.open();
  await page.keyboard.type("doe de bedrijfscheck");
  await page.keyboard.press("Enter");
  await chat.idle();
  for (const [place, answer] of ANSWERS.entries()) {
    await type("wat is de WBSO?");
    assert.deepEqual(await chat.names(), ["WBSO"]);
    await chat.last.getByText(`Vraag ${place + 1} van 8`).waitFor();
    await moveFocus(chat, "Shift+Tab", answer);
    await page.keyboard.press("Enter");
    await chat.idle();
  }
  await chat.last.getByRole("heading", { name: "Uitslag van je bedrijfscheck" }).waitFor();
  await moveFocus(chat, "Shift+Tab", "Bewaar of print je rapport");
  await page.keyboard.press("Enter");
  await chat.last.getByRole("link", { name: "Open je rapport" }).waitFor();
  assert.match(await chat.focus(), /^Open je rapport/);
  const [report] = await Promise.all([tabs.waitForEvent("page"), page.keyboard.press("Enter")]);
  await report.getByRole("heading", { name: "Je bedrijfscheck" }).waitFor();
  assert.equal(await report.locator("tbody tr").count(), 4);
}));

test("a report prints to at most two sheets, has no failings that axe knows, and can be erased", visit(async ({ page, chat }) => {
  const address = await keptReport(system.origin);
  await page.goto(address);
  assert.deepEqual(await chat.violations("body"), []);
  const sheets = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page\b/g).length;
  assert.ok(sheets <= 2, `${sheets} sheets`);
  await page.getByRole("button", { name: "Wis dit rapport nu" }).click();
  await page.getByRole("heading", { name: "Je rapport is gewist" }).waitFor();
  assert.deepEqual(await chat.violations("body"), []);
  assert.equal((await fetch(address)).status, 404);
}, { bypassCSP: true }));

test("a request goes the whole way: seen, changed, agreed to, taken by the partner, and erased", visit(async ({ chat }) => {
  await chat.open();
  await chat.ask("Waar vind ik een bakker voor mijn zaak in Landgraaf?");
  await chat.ask("ik wil iemand spreken");
  await chat.button("Stuur mijn vraag door").click();
  const form = chat.dialog.getByRole("region", { name: "Stuur je vraag door" });
  const question = form.getByRole("textbox", { name: "Je vraag", exact: true });
  assert.equal(await question.inputValue(), "Waar vind ik een bakker voor mijn zaak in Landgraaf?");
  await question.fill("Waar vind ik een bakker die ook banket maakt?");
  await form.getByRole("textbox", { name: "Je naam", exact: true }).fill("Voorbeeld Naam");
  await form.getByRole("textbox", { name: "E-mailadres", exact: true }).fill("voorbeeld@zaak.example");
  await form.getByRole("checkbox", { name: /Je vindt het goed/ }).check();
  await form.getByRole("button", { name: "Verstuur", exact: true }).click();
  await chat.shows("Je vraag is onderweg");
  await chat.log.getByText(/WW-[0-9A-Z]{8}/).first().waitFor();
  await chat.ask("hoe staat het met mijn aanvraag?");
  await chat.last.getByText(/heeft je aanvraag .* ontvangen|staat klaar en gaat zo weg/).waitFor();
  assert.ok(!(await chat.log.textContent()).includes("voorbeeld@zaak.example"));
  await chat.ask("wis mijn gegevens");
  await chat.button("Wis alles").click();
  await chat.button("Ja, wis het").click();
  await chat.shows("1 aanvraag");
}));

test("stopping ends every process and closes every port", async () => {
  assert.deepEqual(await system.stop(), { code: 0, processes: [], ports: [] });
});

test("an action server of which only the first process dies is started again", async () => {
  await system.start();
  const first = system.pid("actions");
  process.kill(first, "SIGKILL");
  await system.isReplaced("actions", first);
  await system.ready();
});

test("stopping ends every process and closes every port after that too", async () => {
  assert.deepEqual(await system.stop(), { code: 0, processes: [], ports: [] });
});
