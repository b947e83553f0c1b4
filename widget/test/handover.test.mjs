import assert from "node:assert/strict";
import { test } from "node:test";
import { begun, chosen, faultsOf, fieldOf, known, requestOf } from "../dist/core/handover.js";

const partner = (id) => ({ id, name: id, hours: "", reply_days: 2, consent: { text: `Naar ${id}.`, version: `${id}-1` } });
const A = partner("a");
const B = partner("b");
const DRAFT = {
  question: "Wie kan helpen?",
  facts: [{ label: "Gemeente", value: "Heerlen" }, { label: "Branche", value: "Horeca" }],
  assessment: [{ theme: "Personeel", level: "Onderweg" }],
  offers: [{ name: "WBSO", url: "https://rvo.nl/wbso" }, { name: "Startersbon", url: null }],
  remarks: "",
};
const FILLED = { ...begun({ draft: DRAFT, partners: [A, B] }), name: "An", email: "an@zaak.example", consent: "a-1" };

test("a form begins with the draft and the best partner, and with nothing agreed to", () => {
  const { partner, question, leftOut, consent } = begun({ draft: DRAFT, partners: [A, B] });
  assert.deepEqual([partner, question, leftOut, consent], ["a", "Wie kan helpen?", [], ""]);
});

test("a form goes on as it was left, but not to a partner that is gone", () => {
  const left = { ...FILLED, question: "Anders", partner: "b" };
  assert.equal(begun({ draft: DRAFT, partners: [A, B] }, left).question, "Anders");
  assert.equal(begun({ draft: DRAFT, partners: [A, B] }, left).partner, "b");
  assert.equal(begun({ draft: DRAFT, partners: [A] }, left).partner, "a");
  assert.equal(chosen([], left), undefined);
});

test("what is known stands in lines, and a line that is left out is not sent", () => {
  assert.deepEqual(known(DRAFT), ["Gemeente: Heerlen", "Branche: Horeca", "Personeel: Onderweg", "WBSO", "Startersbon"]);
  const { draft } = requestOf(3, DRAFT, A, { ...FILLED, leftOut: ["Branche: Horeca", "Personeel: Onderweg", "WBSO"] });
  assert.deepEqual([draft.facts, draft.assessment, draft.offers], [[DRAFT.facts[0]], [], [DRAFT.offers[1]]]);
});

test("a request has the message, the partner, what was agreed to and how to answer", () => {
  const { draft: _, ...rest } = requestOf(3, DRAFT, A, FILLED);
  assert.deepEqual(rest, { message: 3, partner: "a", contact: { name: "An", email: "an@zaak.example", phone: "" }, consent: "a-1" });
});

for (const [name, change, wrong] of [
  ["all that is needed", {}, []],
  ["a telephone number only", { email: "", phone: "06 12345678" }, []],
  ["spaces around an address", { email: " an@zaak.example " }, []],
  ["neither address nor number", { email: " ", phone: "" }, ["email"]],
  ["an address without a domain", { email: "an@zaak" }, ["email"]],
  ["a wrong address beside a number", { email: "an zaak.nl", phone: "06 12345678" }, ["email"]],
  ["no name", { name: " " }, ["name"]],
  ["a name of one letter", { name: "A" }, ["name"]],
  ["a name that is too long", { name: "A".repeat(81) }, ["name"]],
  ["no question", { question: "\n" }, ["question"]],
  ["a question of 600 characters", { question: "😀".repeat(600) }, []],
  ["a question of 601 characters", { question: "é".repeat(601) }, ["question"]],
  ["remarks of 601 characters", { remarks: "é".repeat(601) }, ["remarks"]],
  ["no consent", { consent: "" }, ["consent"]],
  ["consent to another text", { consent: "b-1" }, ["consent"]],
]) {
  test(`${name}: ${wrong.length ? `something is wrong with ${wrong}` : "nothing is wrong"}`, () => {
    assert.deepEqual(Object.keys(faultsOf({ ...FILLED, ...change }, A)), wrong);
  });
}

for (const [path, field] of [
  ["contact.email", "email"], ["email", "email"], ["draft.question", "question"], ["draft.facts.0.value", "known"],
  ["draft.offers.2.name", "known"], ["partner", "partner"], ["consent", "consent"],
  ["draft", undefined], ["draft.elsewhere", undefined], ["contact.preferred", undefined], ["", undefined], [undefined, undefined],
]) {
  test(`what the gateway calls ${path} is ${field}`, () => assert.equal(fieldOf(path), field));
}
