// Firefox on a line: reads JSON Lines {"do", "page", …}, does that through WebDriver BiDi, answers {"value"} or {"error"}.
//
//   node firefox.mjs EXECUTABLE DOWNLOADS SCRIPT      (SCRIPT: true or false, whether pages may run scripts)

import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const [, , executablePath, downloads, script] = process.argv;
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath,
  headless: true,
  extraPrefsFirefox: {
    "javascript.enabled": script === "true",
    "browser.download.folderList": 2,
    "browser.download.dir": downloads,
    "browser.download.always_ask_before_handling_new_types": false,
    "browser.download.alwaysOpenPanel": false,
  },
});

const pages = [];

/** Runs before a page's own scripts: what its policy refuses is said in the console, as other browsers do. */
const hear = () =>
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    console.error(`Content Security Policy: ${violatedDirective} refuses ${blockedURI}`),
  );

const open = async ({ width, height }) => {
  const page = await browser.newPage();
  await page.setViewport({ width, height });
  if (script === "true") await page.evaluateOnNewDocument(hear);
  page.complaints = [];
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.on("console", (said) => said.type() === "error" && page.complaints.push(said.text()));
  return pages.push(page) - 1;
};

/** The element, brought into view. */
const element = async (page, { selector, nth }) => {
  const found = (await page.$$(selector))[nth];
  if (!found) throw new Error(`there is no ${selector} number ${nth}`);
  return found;
};

const press = async (page, { keys }) => {
  const held = keys.slice(0, -1);
  for (const key of held) await page.keyboard.down(key);
  await page.keyboard.press(keys.at(-1));
  for (const key of held.reverse()) await page.keyboard.up(key);
};

const DEEDS = {
  goto: async (page, { address }) => void (await page.goto(address)),
  evaluate: (page, { code }) => page.evaluate(code),
  press,
  click: async (page, at) => (await element(page, at)).click(),
  point: async (page, at) => (await element(page, at)).hover(),
  resize: (page, size) => page.setViewport(size),
  screenshot: (page) => page.screenshot({ encoding: "base64" }),
  complaints: (page) => page.complaints,
  close: (page) => page.close(),
  version: () => browser.version(),
  open: (_, size) => open(size),
};

const answer = async (request) => {
  try {
    return { value: (await DEEDS[request.do](pages[request.page], request)) ?? null };
  } catch (error) {
    return { error: String(error) };
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
await browser.close();
