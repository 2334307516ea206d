export { judgeClassRefusal, judgeStopRefusal, type StopTarget } from './kill/stop-refusal';
