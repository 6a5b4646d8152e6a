/** Runs the engine on a project in the simulated cloud's environment, and mends what a killed run left behind. */
"use strict";
const { spawn, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { awaitLocks } = require("./locks");
const { root, simulated } = require("./paths");

/** Commands that read a stack's settings, and could write the simulated cloud's salt into them. */
const readsSettings = new Set(["preview", "pre", "up", "update", "refresh", "destroy", "down", "import", "watch"]);
const changesState = new Set(["up", "update", "refresh", "destroy", "down", "import"]);

const settingsOfSecrets = /^(encryptionsalt|encryptedkey|secretsprovider):.*\n?/gm;

/** Splits off what this file has to know of the engine's arguments. */
function understand(args, project) {
  const known = { cwd: project, stack: undefined, configFile: false, words: [] };
  for (let place = 0; place < args.length; place++) {
    const [flag, inline] = args[place].startsWith("--") ? args[place].split(/=(.*)/s) : [args[place], undefined];
    const value = () => inline ?? args[++place];
    if (flag === "-C" || flag === "--cwd") known.cwd = path.resolve(project, value() ?? "");
    else if (flag === "-s" || flag === "--stack") known.stack = value();
    else if (flag === "--config-file") {
      known.configFile = true;
      value();
    } else if (!flag.startsWith("-")) known.words.push(flag);
  }
  return known;
}

function projectName(cwd) {
  const file = path.join(cwd, "Pulumi.yaml");
  if (!fs.existsSync(file)) return undefined;
  return /^name:\s*["']?([^\s"'#]+)/m.exec(fs.readFileSync(file, "utf8"))?.[1];
}

function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, options);
    const forward = (signal) => child.kill(signal);
    process.on("SIGINT", forward).on("SIGTERM", forward);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      process.off("SIGINT", forward).off("SIGTERM", forward);
      resolve(code ?? 128 + (os.constants.signals[signal] ?? 0));
    });
  });
}

/**
 * A copy of the stack's settings for the simulated run: without the secrets provider of the real one, and where the
 * engine may note the simulated one, so that the project's own file is never touched.
 */
function shadowSettings(folder, cwd, stack) {
  const project = projectName(cwd);
  const name = stack.split("/").at(-1);
  const original = path.join(cwd, `Pulumi.${name}.yaml`);
  const settings = fs.existsSync(original) ? fs.readFileSync(original, "utf8") : "";
  const shadow = path.join(folder, "settings", project ?? "unknown", `Pulumi.${name}.yaml`);
  fs.mkdirSync(path.dirname(shadow), { recursive: true });
  fs.writeFileSync(shadow, settings.replace(settingsOfSecrets, ""));
  return shadow;
}

/**
 * The engine on one simulated cloud.
 *
 * @param environment what `simulatedEnvironment` gave
 * @param folder the simulated cloud's folder
 * @param project where the engine runs unless its arguments say otherwise
 */
function simulatedEngine(environment, folder = simulated, project = root) {
  function selectedStack(cwd) {
    const result = spawnSync("pulumi", ["stack", "--show-name"], { cwd, env: environment, encoding: "utf8" });
    return result.status === 0 ? result.stdout.trim() : undefined;
  }

  /** The arguments with which the engine really runs. */
  function prepare(args) {
    const known = understand(args, project);
    const [command, sub] = known.words;
    if (command === "stack" && sub === "init" && projectName(known.cwd)) {
      // In a folder of its own: `stack init` would write the simulated salt beside the project's Pulumi.yaml.
      const scratch = path.join(folder, "init", projectName(known.cwd));
      fs.mkdirSync(scratch, { recursive: true });
      fs.writeFileSync(path.join(scratch, "Pulumi.yaml"), `name: ${projectName(known.cwd)}\nruntime: nodejs\n`);
      return { args: [...args, "--cwd", scratch], known };
    }
    if (!readsSettings.has(command) || known.configFile || !projectName(known.cwd)) return { args, known };
    const stack = known.stack ?? selectedStack(known.cwd);
    if (!stack) return { args, known };
    return { args: [...args, "--config-file", shadowSettings(folder, known.cwd, stack)], known: { ...known, stack } };
  }

  return {
    environment,
    folder,
    /** Runs the engine with these arguments and gives its exit code. */
    async pulumi(args, options = {}) {
      const { args: prepared, known } = prepare(args);
      if (changesState.has(known.words[0])) await awaitLocks(folder, projectName(known.cwd), known.stack);
      return run("pulumi", prepared, { cwd: project, env: environment, stdio: "inherit", ...options });
    },
    /** Runs the engine and gives what it printed. */
    capture(args, options = {}) {
      return spawnSync("pulumi", prepare(args).args, {
        cwd: project,
        env: environment,
        encoding: "utf8",
        maxBuffer: 1 << 28,
        ...options,
      });
    },
  };
}

module.exports = { simulatedEngine };
