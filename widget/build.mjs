// Builds the widget as two scripts: the chat, and what it loads later, when a visitor meets it. With --core only the
// parts without a page, as modules for the tests.
import { readFile } from "node:fs/promises";
import { build, transform } from "esbuild";

const target = "es2022";

// The style sheet is adopted as text, so that it also applies where a policy forbids <style>.
const styleAsText = {
  name: "style-as-text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code, loader: "text" };
    });
  },
};

const script = {
  bundle: true,
  minify: true,
  target,
  charset: "utf8",
  // Plain calls of h: the automatic form that the types are checked with makes the script 200 bytes larger.
  tsconfigRaw: { compilerOptions: { jsx: "react", jsxFactory: "h", jsxFragmentFactory: "Fragment" } },
  inject: ["src/jsx.ts"],
  legalComments: "none",
  plugins: [styleAsText],
};

const widget = {
  ...script,
  entryPoints: ["src/wegwijzer.ts"],
  outfile: "dist/wegwijzer.js",
  format: "iife",
  banner: { js: "/* Wegwijzer chat, MIT; contains Preact, MIT */" },
};

const later = {
  ...script,
  entryPoints: ["src/later/later.ts"],
  outfile: "dist/later.js",
  format: "esm",
  alias: { preact: "./src/later/preact.ts" },
  banner: { js: "/* Wegwijzer chat, what comes later, MIT */" },
};

const core = {
  entryPoints: ["src/core/*.ts"],
  outdir: "dist/core",
  bundle: true,
  splitting: true,
  format: "esm",
  target,
};

const wanted = process.argv.includes("--core") ? [core] : [widget, later];
await Promise.all(wanted.map((options) => build(options)));
