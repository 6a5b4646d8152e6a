/**
 * The environment that puts the simulated cloud behind the engine: a PULUMI_HOME of its own whose provider plugins are
 * ours, a state backend of its own, and the folder of the cloud's store. No file of the project names any of it, so the
 * same checkout with a vendor's plugins and credentials deploys for real; and a simulated state is never where a real
 * one is.
 */
"use strict";
const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { root, dist, simulated } = require("./paths");

const providers = ["aws", "kubernetes", "random"];

/**
 * Versions of the SDK that the project and Duplex itself have installed: the engine asks for that very version of the
 * plugin.
 */
function sdkVersions(name, project) {
  const versions = [project, root].flatMap((folder) => {
    try {
      return [require(require.resolve(`@pulumi/${name}/package.json`, { paths: [folder] })).version];
    } catch {
      return []; // not installed there: nothing of it can be declared from there
    }
  });
  return [...new Set(versions)];
}

function writeIfChanged(file, text, mode) {
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === text) return;
  const partial = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(partial, text, { mode });
  fs.renameSync(partial, file);
}

/** Puts launchers of the simulated providers where the engine looks for plugins. */
function installProviders(home, project) {
  const plugins = providers.flatMap((name) => sdkVersions(name, project).map((version) => ({ name, version })));
  for (const { name, version } of plugins) {
    const folder = path.join(home, "plugins", `resource-${name}-v${version}`);
    fs.mkdirSync(folder, { recursive: true });
    const quoted = [process.execPath, path.join(dist, "simulator.js")].map(
      (part) => `'${part.replace(/'/g, `'\\''`)}'`,
    );
    writeIfChanged(
      path.join(folder, `pulumi-resource-${name}`),
      `#!/bin/sh\n# SIMULATED cloud of Duplex.\nexec ${quoted.join(" ")} ${name} "$@"\n`,
      0o755,
    );
  }
}

/** A passphrase of this simulated cloud's own: it encrypts nothing but simulated secrets. */
function passphraseFile(folder) {
  const file = path.join(folder, "passphrase");
  if (!fs.existsSync(file)) {
    const partial = `${file}.${process.pid}.tmp`;
    fs.writeFileSync(partial, crypto.randomBytes(24).toString("base64url"), { mode: 0o600 });
    try {
      fs.linkSync(partial, file);
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    fs.rmSync(partial);
  }
  return file;
}

/**
 * Prepares a simulated cloud in a folder and gives the variables that choose it.
 *
 * @param engine what `ensureEngine` found
 * @param folder where state, store and plugins live; a test takes one of its own
 * @param project whose SDKs ask for the plugins
 */
function simulatedEnvironment(engine, folder = simulated, project = root) {
  const home = path.join(folder, "home");
  const state = path.join(folder, "state");
  const cloud = path.join(folder, "cloud");
  for (const each of [home, state, cloud]) fs.mkdirSync(each, { recursive: true });
  installProviders(home, project);
  const environment = { ...process.env };
  // Whatever could reach a real account or another backend stays outside.
  for (const name of Object.keys(environment)) {
    if (/^(AWS_|KUBE|PULUMI_)/.test(name)) delete environment[name];
  }
  return {
    ...environment,
    PATH: [engine.folder, process.env.PATH].join(path.delimiter),
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile(folder),
    PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER: "true",
    PULUMI_SKIP_UPDATE_CHECK: "1",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
    DUPLEX_SIMULATED_CLOUD: cloud,
  };
}

module.exports = { simulatedEnvironment };
