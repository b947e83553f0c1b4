import assert from "node:assert/strict";
import { test } from "node:test";
import { lastStep, lastTurn, ratable, Store } from "../dist/core/store.js";

function storeWith(...entries) {
  const store = new Store();
  for (const [who, id] of entries) {
    if (who === "asked") store.ask({ text: "Vraag", cid: "c" });
    else store.say({ id, role: who, text: "x" }, true);
  }
  return store;
}

const rated = ({ state }) => state.entries.filter(({ key }) => ratable(state).has(key)).map(({ message }) => message.id);

test("the greeting is not rated, the last answer of each turn is", () => {
  const store = storeWith(["assistant", 1], ["visitor", 2], ["assistant", 3], ["assistant", 4], ["asked"], ["assistant", 6]);
  assert.deepEqual(rated(store), [4, 6]);
});

test("an answer that is still coming is not rated yet", () => {
  const store = storeWith(["asked"], ["assistant", 3]);
  store.set({ activity: "answering" });
  assert.deepEqual(rated(store), []);
});

test("answers of a session of before are not rated", () => {
  const store = storeWith(["asked"], ["assistant", 3]);
  store.set({ session: 2 });
  assert.deepEqual(rated(store), []);
});

test("the last turn begins at the visitor's last question, or else at the start", () => {
  assert.equal(lastTurn(storeWith(["assistant", 1]).state.entries), 0);
  assert.equal(lastTurn(storeWith(["assistant", 1], ["asked"], ["assistant", 3]).state.entries), 1);
});

test("what is new begins with the last question, or with the receipt of what was sent after it", () => {
  const store = storeWith(["assistant", 1], ["asked"], ["assistant", 3]);
  assert.equal(lastStep(store.state.entries), 1);
  store.say({ id: 4, role: "assistant", blocks: [{ type: "receipt" }] }, true);
  store.say({ id: 5, role: "assistant", text: "x" }, true);
  assert.equal(lastStep(store.state.entries), 3);
  store.ask({ text: "Vraag", cid: "c" });
  assert.equal(lastStep(store.state.entries), 5);
});

test("who listens hears what is now and every change", () => {
  const store = new Store();
  const heard = [];
  store.subscribe(({ draft }) => heard.push(draft));
  store.set({ draft: "a" });
  assert.deepEqual(heard, ["", "a"]);
});
