import { createContainersCollector } from '../../src-main/collectors/containers/collector';
import { systemClock } from '../../src-main/platform/clock';
import { createEngineConnector } from '../../src-main/platform/container-engine-connect';
import { systemRoots } from '../../src-main/platform/roots';

/** Run as root with the path of an engine's socket: drops to nobody, reads 30 times and prints the outcomes and how often it connected. */
process.setgroups?.([]);
process.setgid?.(65534);
process.setuid?.(65534);
const connector = createEngineConnector(() => ({
  explicit: { address: `unix://${process.argv[2]}`, origin: 'settings' },
  environment: { PATH: process.env.PATH },
  homeDirectory: '/nonexistent',
  platform: process.platform,
  runDirectory: '/nonexistent',
}));
let connectCount = 0;
const engine: typeof connector = {
  ...connector,
  connect(endpoint, signal) {
    connectCount += 1;
    return connector.connect(endpoint, signal);
  },
};
const collector = createContainersCollector({ engine, clock: systemClock, roots: systemRoots, platform: process.platform });
const outcomes = [];
for (let reading = 0; reading < 30; reading += 1) outcomes.push(await collector.collect(new AbortController().signal));
console.log(JSON.stringify({ connectCount, outcomes }));
