// Prints the size of the built scripts as they travel, and fails when one has grown too large.
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

// In bytes with gzip; README.md says what they are for.
const LIMITS = { "wegwijzer.js": 15 * 1024, "later.js": 9 * 1024 };

for (const [name, limit] of Object.entries(LIMITS)) {
  const size = gzipSync(await readFile(`dist/${name}`), { level: 9 }).length;
  console.log(`${name}: ${(size / 1024).toFixed(2)} KB gzip, limit ${limit / 1024} KB`);
  if (size > limit) process.exitCode = 1;
}
