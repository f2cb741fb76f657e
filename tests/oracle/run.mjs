/**
 * `npm run oracle`: the programs that will open our files, and PyTorch, as judges. They are
 * Debian's packages, called by the system's python3; an absent one is skipped, counted and named.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { install, root } from "../../app/cli/setup.mjs";

const python = "/usr/bin/python3";
const onnxData = "/usr/share/libonnx-testdata";
const count = { passed: 0, failed: 0, skipped: 0 };

function runProgram(command, args) {
  return spawnSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
}

/** Whether Python has a module, or the machine a folder. */
function has(module) {
  if (module.startsWith("/")) return existsSync(module);
  return existsSync(python) && runProgram(python, ["-c", `import ${module}`]).status === 0;
}

/** One check: `verify` returns null when it holds, or what is wrong. */
function check(name, needs, verify) {
  if (!has(needs.module)) {
    count.skipped += 1;
    console.log(`skip ${name}: apt-get install ${needs.package}`);
    return;
  }
  const wrong = verify();
  count[wrong === null ? "passed" : "failed"] += 1;
  console.log(wrong === null ? `ok   ${name}` : `FAIL ${name}\n${wrong}`);
}

/** The first place where two JSON values differ by more than `tolerance`, or null. */
function difference(ours, theirs, tolerance, path = "") {
  if (typeof ours === "number" && typeof theirs === "number") {
    const close = Math.abs(ours - theirs) <= tolerance * Math.max(1, Math.abs(theirs));
    return close || Object.is(ours, theirs) ? null : `${path}: ${ours} is not ${theirs}`;
  }
  if (ours === null || theirs === null || typeof ours !== "object" || typeof theirs !== "object") {
    return ours === theirs ? null : `${path}: ${String(ours)} is not ${String(theirs)}`;
  }
  const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  for (const key of keys) {
    const found = difference(ours[key], theirs[key], tolerance, `${path}/${key}`);
    if (found) return found;
  }
  return null;
}

install();
// Packages are there only now.
const { buildSync } = await import("esbuild");
if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
  const missing = [
    ["torch", "python3-torch"],
    ["numpy", "python3-numpy"],
    ["nbformat", "python3-nbformat"],
    ["nbconvert", "jupyter-nbconvert"],
    [onnxData, "libonnx-testdata"],
  ].flatMap(([module, name]) => (has(module) ? [] : [name]));
  if (missing.length > 0) {
    console.log(`oracle: installing ${missing.join(", ")}`);
    runProgram("apt-get", ["update", "-qq"]);
    const done = runProgram("apt-get", ["install", "-y", "-qq", ...missing]);
    if (done.status !== 0) console.log(`oracle: could not install them\n${done.stderr}`);
  }
}

// The golden files are what the PyTorch of this machine prints today.
for (const script of readdirSync(join(root, "tests/oracle")).filter((name) =>
  name.endsWith(".py"),
)) {
  const golden = join(root, "tests/oracle/golden", script.replace(/\.py$/, ".json"));
  if (!existsSync(golden)) continue;
  check(`golden ${script}`, { module: "torch", package: "python3-torch" }, () => {
    const printed = runProgram(python, [join("tests/oracle", script)]);
    if (printed.status !== 0) return printed.stderr;
    return difference(JSON.parse(readFileSync(golden, "utf8")), JSON.parse(printed.stdout), 1e-6);
  });
}

// So are those of the ops; the folder is a Python program that prints one part at a time.
for (const file of readdirSync(join(root, "tests/oracle/golden/ops"))) {
  const part = file.replace(/\.json$/, "");
  check(`golden ops ${part}`, { module: "torch", package: "python3-torch" }, () => {
    const printed = runProgram(python, ["-B", "tests/oracle/ops", part]);
    if (printed.status !== 0) return printed.stderr;
    const golden = JSON.parse(readFileSync(join(root, "tests/oracle/golden/ops", file), "utf8"));
    return difference(golden, JSON.parse(printed.stdout), 1e-9);
  });
}

/** Runs a program of ours in TypeScript. */
function runTypeScript(entry, args) {
  const folder = mkdtempSync(join(tmpdir(), "descent-program-"));
  const program = join(folder, "main.mjs");
  buildSync({
    entryPoints: [join(root, entry)],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: program,
  });
  const ran = runProgram(process.execPath, [program, ...args]);
  rmSync(folder, { recursive: true });
  return ran;
}

// A model saved by PyTorch gives the same output here, and one saved here the same output there.
check(
  "files of PyTorch and NumPy, both ways",
  { module: "torch", package: "python3-torch" },
  () => {
    const folder = mkdtempSync(join(tmpdir(), "descent-exchange-"));
    const script = "tests/oracle/exchange/exchange.py";
    const steps = [
      () => runProgram(python, [script, "write", folder]),
      () => runTypeScript("tests/oracle/exchange/main.ts", [folder]),
      () => runProgram(python, [script, "read", folder]),
    ];
    const failed = steps.map((step) => step()).find((ran) => ran.status !== 0);
    rmSync(folder, { recursive: true });
    return failed === undefined ? null : failed.stderr;
  },
);

// ONNX's own tests of its nodes, those that have a counterpart among our ops.
check("onnx node tests", { module: onnxData, package: "libonnx-testdata" }, () => {
  const ran = runTypeScript("tests/oracle/onnx/main.ts", []);
  console.log(ran.stdout.trimEnd());
  return ran.status === 0 ? null : ran.stderr || "see above";
});

// Every notebook, run by our command line, is a file that nbformat and nbconvert open.
const scratch = mkdtempSync(join(tmpdir(), "descent-oracle-"));
for (const name of readdirSync(join(root, "notebooks")).filter((file) => file.endsWith(".ts"))) {
  const file = join(scratch, name.replace(/\.ts$/, ".ipynb"));
  check(`run, nbformat ${name}`, { module: "nbformat", package: "python3-nbformat" }, () => {
    const ran = runProgram(process.execPath, [
      "app/cli/descent.mjs",
      "run",
      `notebooks/${name}`,
      "-o",
      file,
    ]);
    if (ran.status !== 0) return ran.stderr;
    const judged = runProgram(python, ["tests/oracle/nbformat.py", file]);
    return judged.status === 0 ? null : judged.stdout + judged.stderr;
  });
  for (const format of ["html", "markdown", "script"]) {
    check(
      `nbconvert ${format} ${name}`,
      { module: "nbconvert", package: "jupyter-nbconvert" },
      () => {
        const done = runProgram(python, [
          "-m",
          "nbconvert",
          "--to",
          format,
          "--output-dir",
          scratch,
          file,
        ]);
        return done.status === 0 ? null : done.stderr;
      },
    );
  }
}
rmSync(scratch, { recursive: true });

console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exit(count.failed === 0 ? 0 : 1);
