import { useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { Bar, BarChart, XAxis, YAxis } from 'recharts';
import { createSampler } from '../../src-renderer/client/sample-readings';
import '../../src-renderer/look/globals';
import type { AnyReading } from '../../src-shared/snapshots';

/** The same data drawn the plain way: two recharts bar charts of all containers with their default animation, every process a row. */
const asked = new URLSearchParams(window.location.search);
const sampler = createSampler({
  containerCount: Number(asked.get('containers')),
  processCount: Number(asked.get('processes')),
  trouble: true,
  seed: 7,
});
let show: (readings: readonly AnyReading[]) => void = () => undefined;

function Peer() {
  const [readings, setReadings] = useState(() => sampler.readings(Date.now()));
  show = setReadings;
  const containers = readings.flatMap((one) =>
    one.source === 'containers' && one.reading.kind === 'ok' ? one.reading.data.containers : [],
  );
  const processes = readings.flatMap((one) => (one.source === 'processes' && one.reading.kind === 'ok' ? one.reading.data.processes : []));
  const bars = containers.map(({ name, cpuBusyRatio, memoryUsedRatio }) => ({ name, cpu: cpuBusyRatio, memory: memoryUsedRatio }));
  return (
    <>
      {(['cpu', 'memory'] as const).map((figure) => (
        <BarChart key={figure} width={600} height={400} data={bars}>
          <XAxis dataKey="name" />
          <YAxis />
          <Bar dataKey={figure} />
        </BarChart>
      ))}
      <table>
        <tbody>
          {processes.map((process) => (
            <tr key={process.id}>
              <td>{process.risk.score}</td>
              <td>{process.name}</td>
              <td>{process.pid}</td>
              <td>{process.user}</td>
              <td>{((process.cpuCores ?? 0) * 100).toFixed(1)} %</td>
              <td>{(process.rssBytes / 1024 ** 2).toFixed(1)} MB</td>
              <td>{process.listening.map((socket) => socket.port).join()}</td>
              <td>{process.risk.reasons.map((reason) => reason.text).join()}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('renderer-peer.html has no #root');
createRoot(root).render(<Peer />);
window.lookDataMs = () => {
  const startedMs = performance.now();
  for (let round = 0; round < 20; round += 1) sampler.readings(Date.now());
  return (performance.now() - startedMs) / 20;
};
window.lookTick = () => flushSync(() => show(sampler.readings(Date.now())));
