export {
  type AsteriskSettings,
  ariUrlOf,
  asteriskCommandLine,
  asteriskIsReady,
  type FallbackNumber,
  freePort,
  type RunningAsterisk,
  startAsterisk,
  systemNameFor,
  type TlsFiles,
  writeConfiguration,
} from './asterisk/index.ts';
export { cacheRoot, dataRoot } from './paths.ts';
export { isSameProcess, processStartTicks } from './process-identity.ts';
export {
  type AsteriskTool,
  type ChromiumTool,
  type FfmpegTool,
  type OpenJtalkTool,
  type ProgressDisplay,
  ProvisionError,
  type ProvisionErrorCode,
  type ProvisionProgress,
  provision,
  type SippTool,
  showProgress,
  type TcpdumpTool,
  TOOL_NAMES,
  type ToolName,
  type Tools,
} from './provision/index.ts';
