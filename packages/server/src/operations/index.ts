export { sayComponentState } from './component-state.ts';
export { PidFile } from './pid-file.ts';
export { DEFAULT_RESTART, type RestartPolicy } from './restart-delay.ts';
export { type ChildExit, type ChildSpec, startChild } from './start-child.ts';
export {
  type PartSpec,
  type PartState,
  type RunningPart,
  type StartOrder,
  type SupervisedPart,
  Supervisor,
  type SupervisorEvent,
  type SupervisorOptions,
} from './supervisor.ts';
export { SupervisorError } from './supervisor-error.ts';
