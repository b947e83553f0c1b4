// The whole system as `make run` starts it, on ports and in a folder of its own. It looks into /proc, so it needs Linux.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROJECT = new URL("../../", import.meta.url).pathname;
const WEGWIJZER = ".venv/bin/wegwijzer";
const KNOWN = join(PROJECT, "var/evaluation.sqlite3"); // its sentence vectors take a minute or two to make
const START_SECONDS = 120;
const STOP_SECONDS = 40; // the web process may take 25 to finish its answers
const COMMANDS = { actions: "rasa_sdk", engine: "bot.start", web: "wegwijzer.web" };

export class RunningSystem {
  #folder = mkdtempSync(join(tmpdir(), "wegwijzer-"));

  async start() {
    if (!this.ports && existsSync(KNOWN)) copyFileSync(KNOWN, join(this.#folder, "wegwijzer.sqlite3"));
    this.ports ??= await freePorts();
    this.origin = `http://127.0.0.1:${this.ports.web}`;
    const env = { ...process.env, ...this.#settings() };
    execFileSync(WEGWIJZER, ["knowledge", "load"], { cwd: PROJECT, env, stdio: "pipe" });
    const log = openSync(this.#log, "a");
    this.supervisor = spawn(WEGWIJZER, ["run"], { cwd: PROJECT, env, stdio: ["ignore", log, log], detached: true });
    process.once("exit", () => this.supervisor.kill());
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
    await this.ready();
    return this;
  }

  /** Until engine, actions and database all answer. */
  async ready() {
    const told = () => `the system did not get ready:\n${readFileSync(this.#log, "utf8").slice(-2000)}`;
    await until(async () => {
      if (this.supervisor.exitCode !== null) throw new Error(told());
      return fetch(`${this.origin}/readyz`).then((answer) => answer.ok, () => false);
    }, START_SECONDS, told);
  }

  /** The process of a service that the supervisor started, or NaN; what that started itself is in its group. */
  pid(service) {
    const { pid } = this.supervisor;
    const children = peek(`/proc/${pid}/task/${pid}/children`).trim().split(" ");
    return Number(children.find((child) => commandOf(child).includes(COMMANDS[service])));
  }

  /** Until the supervisor runs a service in another process than `old`. */
  async isReplaced(service, old) {
    await until(() => ![NaN, old].includes(this.pid(service)), 20, () => `${service} was not started again`);
  }

  /** Stops the clock of a service: what is asked of it from now on waits. */
  freeze(service) {
    process.kill(-this.pid(service), "SIGSTOP");
  }

  thaw(service) {
    process.kill(-this.pid(service), "SIGCONT");
  }

  kill(service) {
    process.kill(-this.pid(service), "SIGKILL");
  }

  /** Until a frozen service has been asked something: bytes wait at its port that nobody reads. */
  async isAsked(service) {
    await until(() => connections(this.ports[service]).some(({ unread }) => unread > 0), 20, () => `${service} was not asked`);
  }

  /** As Ctrl-C does; gives what is left of it when the supervisor has ended, or has had long enough. */
  async stop() {
    process.kill(this.supervisor.pid, "SIGTERM");
    await until(() => this.supervisor.exitCode !== null, STOP_SECONDS, () => "").catch(() => {});
    const open = Object.entries(this.ports).filter(([, port]) => connections(port).some(({ listens }) => listens));
    return { code: this.supervisor.exitCode, processes: this.#processes().map(commandOf), ports: open.map(([name]) => name) };
  }

  /** Whatever happened: nothing of it stays. */
  async end() {
    const kill = (pid) => {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // it ended by itself
      }
    };
    await until(() => !this.#processes().map(kill).length, 10, () => "some processes cannot be killed");
    rmSync(this.#folder, { recursive: true });
  }

  get #log() {
    return join(this.#folder, "log");
  }

  #settings() {
    return {
      WEGWIJZER_WEB_PORT: this.ports.web,
      WEGWIJZER_ENGINE_PORT: this.ports.engine,
      WEGWIJZER_ACTIONS_PORT: this.ports.actions,
      WEGWIJZER_SANDBOX_PORT: this.ports.sandbox,
      WEGWIJZER_KEYS_FOLDER: `${this.#folder}/keys`,
      WEGWIJZER_DATABASE_URL: `sqlite:///${this.#folder}/wegwijzer.sqlite3`,
      WEGWIJZER_TRACKER_URL: `sqlite:///${this.#folder}/tracker.sqlite3`,
    };
  }

  /** Everything that was started with our settings, also what lost its parent. */
  #processes() {
    const isOurs = (pid) => peek(`/proc/${pid}/environ`).includes(this.#folder) && !/^State:\s+Z/m.test(peek(`/proc/${pid}/status`));
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name) && isOurs(name)).map(Number);
  }
}

/** The text of a file of a process, which may have ended since it was listed. */
function peek(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

const commandOf = (pid) => peek(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();

/** What the kernel knows of a port; a line is: number, local address, other address, state, unsent:unread, … */
function connections(port) {
  const rows = readFileSync("/proc/net/tcp", "utf8").trim().split("\n").slice(1).map((line) => line.trim().split(/\s+/));
  return rows
    .filter(([, address]) => Number.parseInt(address.split(":")[1], 16) === port)
    .map(([, , , state, queues]) => ({ listens: state === "0A", unread: state === "01" ? Number.parseInt(queues.split(":")[1], 16) : 0 }));
}

/** A port for each service; all are held until the last is found, so that no two are the same. */
async function freePorts() {
  const held = [...Object.keys(COMMANDS), "sandbox"].map((name) => [name, createServer().listen(0, "127.0.0.1")]);
  await Promise.all(held.map(([, server]) => once(server, "listening")));
  const ports = held.map(([name, server]) => [name, server.address().port]);
  await Promise.all(held.map(([, server]) => once(server.close(), "close")));
  return Object.fromEntries(ports);
}

/** Until it is so; processes do not tell by themselves. */
async function until(isSo, seconds, complaint) {
  const end = Date.now() + seconds * 1000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(complaint());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
