import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const command = join(import.meta.dirname, "../../../app/cli/descent.mjs");
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "descent-run-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  /** Without the last line of a run that says what computed. */
  readonly stderr: string;
}

const SUMMARY = /^descent run: \d+ cells? in [\d.]+ s, .*\n$/m;

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

function start(...args: readonly string[]): Started {
  return startWith([], ...args);
}

function startWith(nodeOptions: readonly string[], ...args: readonly string[]): Started {
  const child = spawn(process.execPath, [...nodeOptions, command, ...args], { cwd: folder });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (text) => (stdout += String(text)));
  child.stderr.on("data", (text) => (stderr += String(text)));
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code) => {
      resolve({ code, stdout, stderr: stderr.replace(SUMMARY, "") });
    });
  });
  return { child, ended };
}

async function write(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return name;
}

test("run prints what cells put out, in order, and ends with 0", async () => {
  const file = await write(
    "ok.ts",
    `// %% id="a"
const x: number = 20;
console.log("x is", x);
// %% [markdown] id="m"
// # Words
// %% id="b"
x * 2 + 2
// %% id="s" tags=["solution"]
console.log("never");
`,
  );
  const { code, stdout, stderr } = await start("run", file).ended;
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "x is 20\n42\n", stderr: "" });
});

test("run ends with 1 at the first error and shows the cell's line", async () => {
  const file = await write(
    "bad.ts",
    `// %% id="first"
const f = (value: number) => {
  throw new RangeError(\`no \${value}\`);
};
// %% id="second"

f(3);
// %% id="third"
console.log("never");
`,
  );
  const { code, stdout, stderr } = await start("run", file).ended;
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toBe(
    `first (cell 1), line 2: RangeError: no 3
    throw new RangeError(\`no \${value}\`);
          ^
  called from second (cell 2), line 2: the cell
`,
  );
});

test("run -o keeps the notebook with its outputs as .ipynb, which runs again", async () => {
  const file = await write("out.ts", '// %% id="a"\nconsole.log("hello");\n1 + 1\n');
  expect((await start("run", file, "-o", "out.ipynb").ended).code).toBe(0);
  const written = JSON.parse(await readFile(join(folder, "out.ipynb"), "utf8")) as {
    nbformat: number;
    cells: { id: string; execution_count: number; outputs: { output_type: string }[] }[];
  };
  expect(written.nbformat).toBe(4);
  expect(written.cells[0]).toMatchObject({ id: "a", execution_count: 1 });
  expect(written.cells[0]?.outputs.map((output) => output.output_type)).toEqual([
    "stream",
    "execute_result",
  ]);
  expect((await start("run", "out.ipynb").ended).stdout).toBe("hello\n2\n");
});

test("run trains on data that ships, and saves files in the current folder", async () => {
  const file = await write(
    "train.ts",
    `// %% id="a"
import { data, nn, save } from "descent";
const { train } = data.load("digits").split(0.8);
console.log(train.x.shape.join(" x "));
await save("net.safetensors", nn.Linear(64, 10));
`,
  );
  const { code, stdout, stderr } = await start("run", file).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^\d+ x 64\nnet\.safetensors \([\d,]+ bytes\)\n$/);
  expect((await readFile(join(folder, "net.safetensors"))).length).toBeGreaterThan(2600);
});

test("run stops at an interrupt, keeps the outputs so far and ends with 130", async () => {
  const file = await write("endless.ts", '// %% id="a"\nconsole.log("on");\nwhile (true) {}\n');
  const { child, ended } = start("run", file, "-o", "endless.ipynb");
  child.stdout?.once("data", () => child.kill("SIGINT"));
  const { code, stdout, stderr } = await ended;
  expect({ code, stdout }).toEqual({ code: 130, stdout: "on\n" });
  expect(stderr).toContain("Stopped.");
  expect(await readFile(join(folder, "endless.ipynb"), "utf8")).toContain('"on\\n"');
});

test("run takes a signal that arrives twice at once, as through npx, for one press", async () => {
  const file = await write("twice.ts", '// %% id="a"\nconsole.log("on");\nwhile (true) {}\n');
  const { child, ended } = start("run", file);
  child.stdout?.once("data", () => {
    child.kill("SIGINT");
    child.kill("SIGTERM");
  });
  const { code, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toContain("Stopped.");
  expect(stderr).not.toContain("kernel");
});

test("run ends without a stack when nobody reads its output any more", async () => {
  const file = await write(
    "chatty.ts",
    '// %% id="a"\nfor (let i = 0; i < 1e5; i++) console.log("line", i);\n',
  );
  const { child, ended } = start("run", file);
  child.stdout?.once("data", () => child.stdout?.destroy());
  expect(await ended).toMatchObject({ code: 1, stderr: "" });
});

test("run says that the output's folder is missing before any cell runs", async () => {
  const file = await write("early.ts", '// %% id="a"\nconsole.log("ran");\n');
  const { code, stdout, stderr } = await start("run", file, "-o", "missing/out.ipynb").ended;
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain("missing");
});

test("run writes no notebook over a source, and into no folder", async () => {
  const text = '// %% id="a"\nconsole.log("ran");\n';
  const file = await write("source.ts", text);
  const over = await start("run", file, "-o", file).ended;
  expect(over).toMatchObject({ code: 2, stdout: "" });
  expect(over.stderr).toContain("--output source.ts - wanted a name that ends in .ipynb");
  expect(await readFile(join(folder, file), "utf8")).toBe(text);
  await mkdir(join(folder, "full.ipynb"));
  const into = await start("run", file, "-o", "full.ipynb").ended;
  expect(into).toMatchObject({ code: 2, stdout: "" });
  expect(into.stderr).toContain("--output full.ipynb is a folder");
});

test("run of a cell that fills the memory ends with 1 and says so in the cell", async () => {
  const file = await write(
    "hog.ts",
    '// %% id="a"\nconst hog = [];\nwhile (true) hog.push(new Array(1e5).fill(0.5));\n',
  );
  const { code, stderr } = await startWith(
    ["--max-old-space-size=64"],
    "run",
    file,
    "-o",
    "hog.ipynb",
  ).ended;
  expect(code).toBe(1);
  expect(stderr).toContain("KernelEnded: The kernel ran out of memory");
  expect(await readFile(join(folder, "hog.ipynb"), "utf8")).toContain("ran out of memory");
});

test("run of what is no notebook ends with 2 and a sentence", async () => {
  const missing = await start("run", "missing.ts").ended;
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain("missing.ts");
  const broken = await start("run", await write("broken.ipynb", "{}")).ended;
  expect(broken.code).toBe(2);
  expect(broken.stderr).toMatch(/^descent run: broken\.ipynb: ipynb: /);
  expect((await start("walk").ended).stderr).toBe(
    'descent: there is no command "walk", only run\n',
  );
});

test("run of what is not UTF-8, or in another language, ends with 2 before any cell runs", async () => {
  await writeFile(
    join(folder, "latin.ts"),
    Buffer.from('// %% id="a"\nconsole.log("\u00e9");\n', "latin1"),
  );
  const latin = await start("run", "latin.ts").ended;
  expect(latin).toMatchObject({ code: 2, stdout: "" });
  expect(latin.stderr).toBe("descent run: latin.ts: the file is not UTF-8 text\n");
  const python = await start(
    "run",
    await write("py.ipynb", forgetful({ kernelspec: { name: "python3", language: "python" } })),
  ).ended;
  expect(python).toMatchObject({ code: 2, stdout: "" });
  expect(python.stderr).toContain("its cells are in python - wanted TypeScript or JavaScript");
});

test("run ends with 1 when a rejection that nobody caught was told, though its cell went on", async () => {
  const file = await write(
    "nobody.ts",
    '// %% id="a"\nvoid Promise.reject(new Error("nobody"));\nawait new Promise((go) => setTimeout(go, 20));\n// %% id="b"\nconsole.log("on");\n',
  );
  const { code, stdout, stderr } = await start("run", file).ended;
  expect({ code, stdout }).toEqual({ code: 1, stdout: "on\n" });
  expect(stderr).toContain("a (cell 1), line 1: Error: nobody");
});

const forgetful = (metadata: object) =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata,
    cells: [
      {
        id: "walk",
        cell_type: "code",
        source:
          'import { tensor } from "descent"; const loss = tensor(1, { requiresGrad: true }).mul(2);\n' +
          "tensor(loss.item(), { requiresGrad: true }).backward();",
        metadata: {},
        outputs: [],
        execution_count: null,
      },
    ],
  });

test("run tells a mistake on one line of standard error, and does not fail", async () => {
  const file = await write("mistake.ipynb", forgetful({}));
  const { code, stderr } = await start("run", file).ended;
  expect(code).toBe(0);
  expect(stderr).toBe(
    "walk (cell 1), line 2: backward() began at a number that was computed from nothing: no parameter " +
      "gets a slope. Leave out item(), detach() and tensor(...) between the network and the loss. [detached-loss]\n",
  );
});

test("run does not tell a mistake that the notebook has silenced", async () => {
  const file = await write(
    "silenced.ipynb",
    forgetful({ descent: { silenced: ["detached-loss"] } }),
  );
  expect((await start("run", file).ended).stderr).toBe("");
});

const settings = `// %% id="settings" tags=["parameters"]
const lr: number = 0.01, name = "a";
// %% id="use"
console.log(lr * 2, name);
`;

test("run --param replaces values in the cell tagged parameters, also in the notebook that is kept", async () => {
  const file = await write("settings.ts", settings);
  const given = ["--param", "lr=0.5", "-p", "name=7", "-o", "settings.ipynb"];
  const { code, stdout } = await start("run", file, ...given).ended;
  expect({ code, stdout }).toEqual({ code: 0, stdout: "1 7\n" });
  expect(await readFile(join(folder, "settings.ipynb"), "utf8")).toContain(
    'const lr: number = 0.5, name = \\"7\\";',
  );
  expect((await start("run", file).ended).stdout).toBe("0.02 a\n");
});

test.each([
  [["--param", "lt=1"], 'there is no parameter "lt" - there are lr, name'],
  [["--param", "lr=fast"], '--param: "lr" is 0.01 - wanted a number, got "fast"'],
  [["--param", "lr"], "--param lr - wanted name=value"],
  [["--seed", "1.5"], "--seed 1.5 - wanted a whole number"],
  [["--timeout", "soon"], "--timeout soon - wanted seconds"],
])("run %j ends with 2 before any cell runs, and says why", async (options, why) => {
  const file = await write("settings.ts", settings);
  const { code, stdout, stderr } = await start("run", file, ...options).ended;
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(why);
});

test("run --param of a notebook without such a cell ends with 2 and says so", async () => {
  const file = await write("plain.ts", '// %% id="a"\nconst lr = 1;\n');
  const { code, stderr } = await start("run", file, "--param", "lr=1").ended;
  expect(code).toBe(2);
  expect(stderr).toBe(
    "descent run: plain.ts: --param: no cell of the notebook is tagged parameters, so there is nothing to set\n",
  );
});

test("run --seed starts the random numbers, until a cell says otherwise", async () => {
  const file = await write(
    "random.ts",
    '// %% id="a"\nimport { manualSeed, randn } from "descent";\nconsole.log(randn([3]).data.join());\nmanualSeed(1);\nconsole.log(randn([3]).data.join());\n',
  );
  const draw = async (seed: string) =>
    (await start("run", file, "--seed", seed).ended).stdout.split("\n");
  const [first, again, other] = await Promise.all(["7", "7", "8"].map(draw));
  expect(first?.[0]).toMatch(/^-?\d/);
  expect(again).toEqual(first);
  expect(other?.[0]).not.toBe(first?.[0]);
  expect(other?.[1]).toBe(first?.[1]);
});

test("run --timeout stops the cell, keeps the outputs so far and ends with 124", async () => {
  const waiting = '// %% id="a"\nconsole.log("on");\nawait new Promise(() => {});\n';
  const file = await write("slow.ts", waiting);
  // Time counts from the start, and on a busy machine a kernel takes seconds of it.
  const { code, stdout, stderr } = await start("run", file, "--timeout", "4.5", "-o", "slow.ipynb")
    .ended;
  expect({ code, stdout }).toEqual({ code: 124, stdout: "on\n" });
  expect(stderr).toContain("descent run: stopped after 4.5 s (--timeout)\n");
  expect(stderr).toContain("Stopped.");
  expect(await readFile(join(folder, "slow.ipynb"), "utf8")).toContain('"on\\n"');
});

test("run says at the end what computed and how long it took, unless it shall be quiet", async () => {
  const file = await write("two.ts", '// %% id="a"\n1;\n// %% id="b"\n2;\n');
  const told = (...options: string[]) => {
    const child = spawn(process.execPath, [command, "run", file, ...options], { cwd: folder });
    let stderr = "";
    child.stderr.on("data", (text) => (stderr += String(text)));
    return new Promise((resolve) => child.on("close", () => resolve(stderr)));
  };
  expect(await told()).toMatch(
    /^descent run: 2 cells in \d+\.\d s, (?:WebAssembly|JavaScript).* (?:one thread|\d+ threads)\n$/,
  );
  expect(await told("--quiet")).toBe("");
});

test("run of a failing notebook keeps the outputs and the error", async () => {
  const file = await write(
    "fails.ts",
    '// %% id="a"\nconsole.log("before");\nthrow new Error("mine");\n',
  );
  expect((await start("run", file, "-o", "fails.ipynb").ended).code).toBe(1);
  const kept = await readFile(join(folder, "fails.ipynb"), "utf8");
  expect(kept).toContain('"before\\n"');
  expect(kept).toContain('"evalue": "mine"');
});

test("run says what was still to go on when the last cell had ended, and waits for none of it", async () => {
  const left = await write(
    "left.ts",
    `// %% id="a"
setTimeout(() => console.log("late"), 60_000);
setInterval(() => console.log("again"), 60_000);
const loop = async () => { for (;;) await Promise.resolve(); };
void loop();
// %% id="b"
await new Promise((resolve) => setTimeout(resolve, 1));
`,
  );
  expect(await start("run", left).ended).toEqual({
    code: 0,
    stdout: "",
    stderr:
      "descent run: 3 timers or loops were still to go on after the last cell, and did not: await what shall be done\n",
  });
});
