import { existsSync } from 'node:fs';
import { CheckFailed, runCommand, runToEnd } from './command.ts';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The browser that CHROMIUM_PATH names, or that is where browsers are; undefined where there is none. */
export function findChromium(): string | undefined {
  const chosen = process.env.CHROMIUM_PATH;
  return chosen !== undefined && chosen !== '' ? chosen : PLACES.find((place) => existsSync(place));
}

/**
 * The browser for the end-to-end tests; on Debian and its kin it is installed when there is none.
 * @throws CheckFailed that says what to install
 */
export async function ensureChromium(): Promise<string> {
  const present = findChromium();
  if (present !== undefined) {
    if (existsSync(present)) return present;
    throw new CheckFailed(`CHROMIUM_PATH names ${present}, and there is nothing. Correct it, or unset it.`);
  }
  await install();
  const installed = findChromium();
  if (installed !== undefined) return installed;
  throw new CheckFailed('Chromium was installed, but is not where it was expected: set CHROMIUM_PATH to it.');
}

async function install(): Promise<void> {
  const mend =
    'Install Chromium or Google Chrome, or set CHROMIUM_PATH to the browser that you have, and run the tests again.';
  if (!existsSync('/usr/bin/apt-get')) {
    throw new CheckFailed(`The browser tests need Chromium, and none was found. ${mend}`);
  }
  const sudo = await administrator();
  if (sudo === undefined) {
    throw new CheckFailed(
      `The browser tests need Chromium, and only the administrator can install it:\n  sudo apt-get install chromium\n${mend}`,
    );
  }
  console.log("Installing Chromium from the system's packages …");
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['apt-get', 'update', '-qq'],
    ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ]) {
    const [command, ...rest] = [...sudo, ...args];
    try {
      await runCommand(command!, rest, { env });
    } catch (error) {
      throw new CheckFailed(`Chromium could not be installed. ${mend}\n${(error as Error).message}`);
    }
  }
}

/** What to put before a command that needs rights; undefined: there is no way to them without a password. */
async function administrator(): Promise<string[] | undefined> {
  if (process.getuid?.() === 0) return [];
  if (!existsSync('/usr/bin/sudo')) return undefined;
  const { code } = await runToEnd('/usr/bin/sudo', ['-n', 'true']);
  return code === 0 ? ['/usr/bin/sudo', '-n'] : undefined;
}
