import assert from "node:assert/strict";
import { test } from "node:test";
import { conversationWith, done, frame, json, nothing, refusal, said, session, shown, silence, stream, unreachable } from "./fakes.mjs";

const EXPIRED = "Je vorige gesprek is verlopen. We gaan verder in een nieuw gesprek.";

async function say(conversation, text) {
  conversation.write(text);
  await conversation.say();
}

test("opening greets once and keeps the token", async () => {
  const { conversation, requests, memory } = conversationWith(session());
  const talk = conversation();
  await Promise.all([talk.open(), talk.open()]);
  assert.deepEqual(shown(talk), ["Welkom"]);
  assert.equal(memory.token, "t1");
  assert.deepEqual(requests.map(({ what, body }) => [what, body]), [["POST /v1/session", { partner: "demo" }]]);
});

test("a question gets its answers", async () => {
  const { conversation, requests } = conversationWith(session(), stream(frame(said(3, "Ja")), frame(said(4, "Nee")), done));
  const talk = conversation();
  await talk.open();
  await say(talk, " Mag dit? ");
  assert.deepEqual(shown(talk), ["Welkom", "Mag dit?", "Ja", "Nee"]);
  assert.equal(requests[1].token, "Bearer t1");
  assert.match(requests[1].body.cid, /^[A-Za-z0-9_-]{8,64}$/);
  assert.deepEqual([talk.store.state.activity, talk.store.state.draft], ["idle", ""]);
});

test("a cut stream is asked again with the same cid and shows nothing twice", async () => {
  const { conversation, requests, pauses } = conversationWith(
    session(),
    stream(frame(said(3, "Een"))),
    stream(frame(said(3, "Een")), frame(said(4, "Twee")), done),
  );
  const talk = conversation();
  await talk.open();
  await say(talk, "Tel");
  assert.deepEqual(shown(talk), ["Welkom", "Tel", "Een", "Twee"]);
  assert.equal(requests[1].body.cid, requests[2].body.cid);
  assert.deepEqual(pauses, [1]);
});

test("after six tries the visitor decides, and the same cid is asked again", async () => {
  const { conversation, requests, pauses } = conversationWith(session(), ...Array(7).fill(unreachable), stream(frame(said(3, "Ja")), done));
  const talk = conversation();
  await talk.open();
  await say(talk, "Hallo?");
  assert.deepEqual(pauses, [1, 2, 4, 8, 15, 15]);
  const { failure, again } = talk.store.state.entries.at(-1);
  assert.equal(failure, "Ik kan Wegwijzer nu niet bereiken.");
  const answered = untilIdle(talk);
  again();
  await answered;
  assert.deepEqual(shown(talk), ["Welkom", "Hallo?", "Ja"]);
  assert.equal(new Set(requests.slice(1).map(({ body }) => body.cid)).size, 1);
});

test("a busy gateway is asked again after a second", async () => {
  const { conversation, pauses } = conversationWith(session(), refusal(409, "busy"), stream(frame(said(3, "Ja")), done));
  const talk = conversation();
  await talk.open();
  await say(talk, "Hallo");
  assert.deepEqual([shown(talk).at(-1), pauses], ["Ja", [1]]);
});

test("an expired session is replaced, said so, and the question is asked again", async () => {
  const { conversation, requests, memory } = conversationWith(
    session(), refusal(401, "expired"), session("t2"), stream(frame(said(3, "Ja")), done),
  );
  const talk = conversation();
  await talk.open();
  await say(talk, "Hallo");
  assert.deepEqual(shown(talk), ["Welkom", EXPIRED, "Hallo", "Ja"]);
  assert.equal(memory.token, "t2");
  assert.equal(requests.at(-1).token, "Bearer t2");
});

test("a button of an expired session is asked as text", async () => {
  const { conversation, requests } = conversationWith(
    session(), refusal(401, "expired"), session("t2"), stream(frame(said(3, "Ja")), done),
  );
  const talk = conversation();
  await talk.open();
  await talk.press({ id: "b_1", title: "Vertel meer" });
  assert.equal(requests[1].body.button, "b_1");
  assert.equal(requests.at(-1).body.text, "Vertel meer");
  assert.equal(requests.at(-1).body.button, undefined);
});

test("a session that expires again at once is not renewed for ever", async () => {
  const { conversation, requests } = conversationWith(session(), refusal(401, "x"), session("t2"), refusal(401, "x"));
  const talk = conversation();
  await talk.open();
  await say(talk, "Hallo");
  assert.equal(requests.length, 4);
  assert.equal(talk.store.state.entries.at(-1).failure, "Een zin.");
});

test("a refused text comes back into the field with the reason", async () => {
  const { conversation } = conversationWith(session(), refusal(422, "text", "Dat is te lang."));
  const talk = conversation();
  await talk.open();
  await say(talk, "Hallo");
  assert.deepEqual(shown(talk), ["Welkom"]);
  assert.deepEqual([talk.store.state.draft, talk.store.state.problem], ["Hallo", "Dat is te lang."]);
});

test("too many questions: the reason stands at the question and it waits as long as asked", async () => {
  const { conversation, pauses } = conversationWith(
    session(), refusal(429, "rate", "Even rustig.", { "Retry-After": "30" }), stream(frame(said(3, "Ja")), done),
  );
  const talk = conversation();
  await talk.open();
  await say(talk, "Hallo");
  const { failure, again } = talk.store.state.entries.at(-1);
  assert.equal(failure, "Even rustig.");
  assert.deepEqual(pauses, []);
  const answered = untilIdle(talk);
  again();
  await answered;
  assert.deepEqual([Math.round(pauses[0]), shown(talk).at(-1)], [30, "Ja"]);
});

test("a text of more than 500 characters is not sent", async () => {
  const { conversation, requests } = conversationWith(session());
  const talk = conversation();
  await talk.open();
  await say(talk, "é".repeat(501));
  assert.equal(requests.length, 1);
  assert.match(talk.store.state.problem, /500 tekens/);
});

test("history is restored without being fresh, and a pending turn goes on", async () => {
  const history = { messages: [said(1, "Welkom"), { id: 2, role: "visitor", text: "Hallo" }, said(3, "Een")], pending: "cid-12345" };
  const { conversation, requests } = conversationWith(json(200, history), stream(frame(said(3, "Een")), frame(said(4, "Twee")), done));
  const talk = conversation("t0");
  await talk.open();
  assert.deepEqual(shown(talk), ["Welkom", "Hallo", "Een", "Twee"]);
  assert.deepEqual(talk.store.state.entries.map(({ fresh }) => fresh), [false, false, false, true]);
  assert.deepEqual(requests[1].body, { cid: "cid-12345" });
});

test("a token that has expired meanwhile leads to a new greeting that says so", async () => {
  const { conversation } = conversationWith(refusal(401, "expired"), session("t2"));
  const talk = conversation("t0");
  await talk.open();
  assert.deepEqual(shown(talk), [EXPIRED, "Welkom"]);
});

test("a rating that does not arrive is taken back", async () => {
  const { conversation } = conversationWith(session(), stream(frame(said(3, "Ja")), done), nothing, unreachable);
  const talk = conversation();
  await talk.open();
  await say(talk, "Hallo");
  const rated = () => talk.store.state.entries.at(-1);
  await talk.rate(rated().key, rated().message, true);
  assert.equal(rated().message.helpful, true);
  await talk.rate(rated().key, rated().message, false);
  assert.equal(rated().message.helpful, true);
  assert.notEqual(talk.store.state.problem, "");
});

test("a report is asked for by the number of its message, and its address is the gateway's", async () => {
  const { conversation, requests } = conversationWith(json(201, { address: "/rapport/abc", expires_on: "2026-12-28" }));
  const report = await conversation("t1").report(said(3, "Uitslag"));
  assert.deepEqual(report, { address: "https://gateway.example/rapport/abc", expires_on: "2026-12-28" });
  assert.deepEqual(requests, [{ what: "POST /v1/reports", token: "Bearer t1", body: { message: 3 } }]);
});

for (const [what, answer, problem] of [
  ["that the gateway refuses", refusal(404, "unknown_message", "Dat bericht ken ik niet."), "Dat bericht ken ik niet."],
  ["that the gateway cannot be asked for", unreachable, "Ik kan Wegwijzer nu niet bereiken."],
  ["at an address that may not be opened", json(201, { address: "javascript:alert(1)", expires_on: "2026-12-28" }), "Dat lukte niet. Probeer het later nog eens."],
]) {
  test(`for a report ${what} there is a sentence`, async () => {
    const { conversation } = conversationWith(answer);
    assert.deepEqual(await conversation("t1").report(said(3, "Uitslag")), { problem });
  });
}

test("erasing forgets the token and all messages; the next question begins anew", async () => {
  const { conversation, memory } = conversationWith(
    session(), json(200, { erased: { messages: 1 } }), session("t2"), stream(frame(said(3, "Ja")), done),
  );
  const talk = conversation();
  await talk.open();
  assert.equal(await talk.erase(), null);
  assert.equal(memory.token, null);
  assert.deepEqual(shown(talk), ["Je gesprek is gewist. Je kunt gerust een nieuwe vraag stellen. Gewist: 1 bericht."]);
  await say(talk, "Hallo");
  assert.deepEqual([shown(talk).at(-1), memory.token], ["Ja", "t2"]);
});

for (const [erased, told] of [
  [{ conversations: 1, turns: 6, messages: 12, buttons: 4, handovers: 2, reports: 1, engine_events: 30 }, " Gewist: 12 berichten, 2 aanvragen, 1 rapport."],
  [{ conversations: 1, turns: 1, messages: 2, handovers: 1, reports: 0 }, " Gewist: 2 berichten, 1 aanvraag."],
  [{ conversations: 1, messages: 0 }, ""],
]) {
  test(`after erasing is told what went:${told || " nothing that people know of"}`, async () => {
    const { conversation } = conversationWith(session(), json(200, { erased }));
    const talk = conversation();
    await talk.open();
    await talk.erase();
    assert.deepEqual(shown(talk), [`Je gesprek is gewist. Je kunt gerust een nieuwe vraag stellen.${told}`]);
  });
}

test("what came of a question is added once, also when the gateway gives it again", async () => {
  const { conversation } = conversationWith(session());
  const talk = conversation();
  await talk.open();
  talk.show([said(4, "Onderweg.")], true);
  talk.show([said(4, "Onderweg.")], true);
  assert.deepEqual(shown(talk), ["Welkom", "Onderweg."]);
});

test("a refusal tells which field it is about", async () => {
  const { conversation } = conversationWith(json(422, { error: { code: "invalid_field", message: "Nee.", field: "contact.email" } }));
  const { failure, message, details } = await conversation().gateway.ask("POST", "/handovers", new AbortController().signal, {}).catch((error) => error);
  assert.deepEqual([failure, message, details.code, details.field], ["refused", "Nee.", "invalid_field", "contact.email"]);
});

test("erasing ends an answer that is still coming, without a word about it", async () => {
  const { conversation } = conversationWith(session(), silence, json(200, { erased: { messages: 1 } }));
  const talk = conversation();
  await talk.open();
  const answered = say(talk, "Hallo");
  await new Promise(setImmediate); // the question is on its way
  assert.equal(await talk.erase(), null);
  await answered;
  assert.deepEqual(shown(talk), ["Je gesprek is gewist. Je kunt gerust een nieuwe vraag stellen. Gewist: 1 bericht."]);
  assert.equal(talk.store.state.activity, "idle");
});

test("erasing that fails says so and keeps the conversation", async () => {
  const { conversation } = conversationWith(session(), unreachable);
  const talk = conversation();
  await talk.open();
  assert.equal(await talk.erase(), "Ik kan Wegwijzer nu niet bereiken.");
  assert.deepEqual(shown(talk), ["Welkom"]);
});

function untilIdle({ store }) {
  return new Promise((resolve) => {
    let hasBegun = false;
    store.subscribe(({ activity }) => {
      if (activity !== "idle") hasBegun = true;
      else if (hasBegun) resolve();
    });
  });
}
