import assert from "node:assert/strict";
import { test } from "node:test";
import { frames } from "../dist/core/stream.js";

async function read(...pieces) {
  const body = new ReadableStream({
    start(stream) {
      for (const piece of pieces) stream.enqueue(typeof piece === "string" ? new TextEncoder().encode(piece) : piece);
      stream.close();
    },
  });
  const found = [];
  for await (const frame of frames(body)) found.push(frame);
  return found;
}

test("a frame has its event and its data", async () => {
  assert.deepEqual(await read('id: 1\ndata: {"a":1}\n\n', "event: done\ndata: {}\n\n"), [
    { event: "message", data: '{"a":1}' },
    { event: "done", data: "{}" },
  ]);
});

test("a frame may come in pieces, also within a character", async () => {
  const bytes = new TextEncoder().encode("data: één\n\n");
  assert.deepEqual(await read(bytes.slice(0, 7), bytes.slice(7, 12), bytes.slice(12)), [{ event: "message", data: "één" }]);
});

test("a heartbeat is no frame", async () => {
  assert.deepEqual(await read(": hb\n\n", "data: x\n\n", ": hb\n\n"), [{ event: "message", data: "x" }]);
});

test("a proxy's line ends are understood, also when one is cut in two", async () => {
  assert.deepEqual(await read("data: x\r\n\r", "\ndata: y\r\n\r\n"), [
    { event: "message", data: "x" },
    { event: "message", data: "y" },
  ]);
});

test("half a frame at the end is not given", async () => {
  assert.deepEqual(await read("data: whole\n\ndata: hal"), [{ event: "message", data: "whole" }]);
});
