export { type ProgressDisplay, showProgress } from './progress-display.ts';
export { type ProvisionProgress, provision } from './provision.ts';
export { ProvisionError, type ProvisionErrorCode } from './provision-error.ts';
export {
  type AsteriskTool,
  type ChromiumTool,
  type FfmpegTool,
  type OpenJtalkTool,
  type SippTool,
  type TcpdumpTool,
  TOOL_NAMES,
  type ToolName,
  type Tools,
} from './tools.ts';
