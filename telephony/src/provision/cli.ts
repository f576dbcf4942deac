import { cacheRoot } from '../paths.ts';
import { showProgress } from './progress-display.ts';
import { provision } from './provision.ts';
import { ProvisionError } from './provision-error.ts';
import { TOOL_NAMES, type ToolName } from './tools.ts';

/**
 * `npm run provision [-- <tool>… | all] [--json]`: asterisk, openJtalk, ffmpeg, sipp, tcpdump, chromium (or `browser`).
 * Without a name: all but the browser.
 */
function wanted(args: readonly string[]): ToolName[] {
  const named = args
    .filter((arg) => !arg.startsWith('--'))
    .map((arg) => (arg === 'browser' ? 'chromium' : arg));
  if (named.includes('all')) return [...TOOL_NAMES];
  if (named.length === 0) return TOOL_NAMES.filter((name) => name !== 'chromium');
  const unknown = named.find((name) => !TOOL_NAMES.some((tool) => tool === name));
  if (unknown !== undefined) {
    console.error(`分からない名前です / unknown name: ${unknown} (${TOOL_NAMES.join(', ')}, browser, all)`);
    process.exit(2);
  }
  return TOOL_NAMES.filter((tool) => named.includes(tool));
}

const args = process.argv.slice(2);
const display = showProgress(process.stderr, () => performance.now());
try {
  const tools = await provision(wanted(args), display.onProgress);
  display.end();
  if (args.includes('--json')) console.log(JSON.stringify(tools, null, 2));
  else console.error(`場所 / folder: ${cacheRoot()}`);
} catch (error) {
  display.end();
  if (!(error instanceof ProvisionError)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
