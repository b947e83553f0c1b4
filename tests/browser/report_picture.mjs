// Makes the picture of a report in the manual, as it is printed.
import { keptReport } from "./report.mjs";
import { RunningSystem } from "./running_system.mjs";
import { launch } from "./visit.mjs";

const PICTURE = new URL("../../docs/manual/report.png", import.meta.url).pathname;
const ANSWERS = [1, 2, 0, 1, 0, 2, 2, 3];

const system = await new RunningSystem().start();
const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: 794, height: 1123 } });
  await page.goto(await keptReport(system.origin, (number) => ANSWERS[number]));
  await page.emulateMedia({ media: "print" });
  await page.screenshot({ path: PICTURE });
} finally {
  await browser.close();
  await system.end();
}
