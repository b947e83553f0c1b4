// A visitor who goes through the assessment over the API and keeps the report: what tests and the picture share.
import { randomBytes } from "node:crypto";

const QUESTIONS = 8;

/** The address of the report of a running system, with the answer at place `choose(number)` to each question. */
export async function keptReport(origin, choose = () => 0) {
  const visitor = await begin(origin);
  let messages = await visitor.say({ text: "doe de bedrijfscheck" });
  for (let number = 0; number < QUESTIONS; number += 1) messages = await visitor.say({ button: messages.at(-1).buttons[choose(number)].id });
  const result = messages.find(({ blocks = [] }) => blocks.some(({ type }) => type === "result"));
  const kept = await visitor.post("/v1/reports", { message: result.id });
  return `${origin}${(await kept.json()).address}`;
}

async function begin(origin) {
  const headers = { "Content-Type": "application/json", Origin: origin };
  const post = (path, body) => fetch(origin + path, { method: "POST", headers, body: JSON.stringify(body) });
  const session = await (await post("/v1/session", { partner: "demo" })).json();
  headers.Authorization = `Bearer ${session.token}`;
  const say = async (said) => inFrames(await (await post("/v1/messages", { cid: randomBytes(8).toString("hex"), ...said })).text());
  return { post, say };
}

const inFrames = (stream) => [...stream.matchAll(/^data: (\{"id".*)$/gm)].map(([, data]) => JSON.parse(data));
