import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { describe, it } from "node:test";

// The page docs/security/contracts.md names tests, and the list of attacks has a number for each. Both hold.

const FOLDER = new URL(".", import.meta.url);
const ATTACKS = 46;

/** Names of all tests; one that is made of parts ends where its first part ends. */
function testNames(): string[] {
  const names: string[] = [];
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".ts") || name.endsWith(".sol"))) {
    const source = readFileSync(new URL(file, FOLDER), "utf8").replace(/\\"/g, '"');
    if (file.endsWith(".test.ts")) names.push(...[...source.matchAll(/\bit\(\s*(["`])(.+?)(?:\1|\$\{)/g)].map((m) => m[2]));
    if (file.endsWith(".t.sol")) names.push(...[...source.matchAll(/function (test\w+)/g)].map((m) => m[1]));
  }
  return names;
}

describe("the security page", () => {
  const page = readFileSync(new URL("../../docs/security/contracts.md", FOLDER), "utf8");
  const rows = page
    .slice(page.indexOf("## Checklist"))
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| question"));

  it("answers every question of its checklist with tests that exist", () => {
    const names = testNames();
    assert.ok(rows.length > 20);
    for (const row of rows) {
      const [, question, answer] = row.split("|");
      const named = [...answer.matchAll(/`([^`]+)`/g)].map((match) => match[1]);
      assert.ok(named.length > 0, `no test answers: ${question}`);
      for (const name of named) {
        assert.ok(names.some((known) => known === name || known.trim() === `${name} (`), `no such test: ${name}`);
      }
    }
  });

  it("has a test for every attack of the list, by its number", () => {
    const numbers = new Set(testNames().flatMap((name) => [...name.matchAll(/(?:^|[ _])A(\d+)(?=[ _])/g)].map((m) => Number(m[1]))));
    const missing = Array.from({ length: ATTACKS }, (_, i) => i + 1).filter((number) => !numbers.has(number));
    assert.deepEqual(missing, []);
  });
});
