import assert from "node:assert/strict";
import { test } from "node:test";
import { contactSpans, paragraphs, plain, safeUrl } from "../dist/core/text.js";

const line = (text) => paragraphs(text)[0].lines[0];

test("blank lines divide paragraphs, bullets make a list", () => {
  assert.deepEqual(
    paragraphs("Eerst.\n\nDit kan:\n• een\n• twee\nKlaar").map(({ kind, lines }) => [kind, lines.length]),
    [["lines", 1], ["lines", 1], ["list", 2], ["lines", 1]],
  );
});

test("stars make bold, and a lone star stays", () => {
  assert.deepEqual(line("Een **vet** woord"), [{ text: "Een " }, { text: "vet", strong: true }, { text: " woord" }]);
  assert.deepEqual(line("2 ** 3 en *4*"), [{ text: "2 ** 3 en *4*" }]);
});

test("a link ends before the full stop of its sentence", () => {
  assert.deepEqual(line("Kijk op https://rvo.nl/a?b=c. Succes"), [
    { text: "Kijk op " },
    { text: "https://rvo.nl/a?b=c", href: "https://rvo.nl/a?b=c" },
    { text: ". Succes" },
  ]);
});

test("a link that is bold is bold text, without loose stars", () => {
  assert.equal(plain("**https://rvo.nl**"), "https://rvo.nl");
});

test("only https becomes a link", () => {
  for (const text of ["http://rvo.nl", "javascript:alert(1)", "<a href='x'>x</a>"]) assert.deepEqual(line(text), [{ text }]);
  assert.equal(safeUrl("javascript:alert(1)"), null);
  assert.equal(safeUrl("http://rvo.nl"), null);
  assert.equal(safeUrl(null), null);
  assert.equal(safeUrl("https://rvo.nl/x").href, "https://rvo.nl/x");
});

test("a page of the gateway itself may be opened, on the own machine too", () => {
  for (const gateway of ["https://wegwijzer.example", "http://127.0.0.1:8000"]) {
    assert.equal(safeUrl("/rapport/abc", gateway).href, `${gateway}/rapport/abc`);
    for (const address of ["http://elsewhere.example/rapport/abc", "//user@", "javascript:alert(1)"]) {
      assert.equal(safeUrl(address, gateway), null);
    }
  }
});

test("telephone numbers and mail addresses can be called and written to", () => {
  const hrefs = contactSpans("14 043; +31 (0)43 123 45 67, 0800-1234 of info@loket.example.").flatMap(({ href }) => href ?? []);
  assert.deepEqual(hrefs, ["tel:14043", "tel:+31431234567", "tel:08001234", "mailto:info@loket.example"]);
});

test("a postcode, a year and an amount are no telephone numbers", () => {
  assert.deepEqual(contactSpans("6211 AB, 2026, € 10.000").map(({ href }) => href), [undefined]);
});
