// Prints the size of the built widget as it travels, and fails when it has grown too large.
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const LIMIT = 15 * 1024;
const size = gzipSync(await readFile("dist/wegwijzer.js"), { level: 9 }).length;
console.log(`wegwijzer.js: ${(size / 1024).toFixed(1)} KB gzip, limit ${LIMIT / 1024} KB`);
process.exitCode = size > LIMIT ? 1 : 0;
