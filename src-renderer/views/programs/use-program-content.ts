import { useEffect, useState } from 'react';
import { RequestError } from '../../../src-shared/contract';
import { useReadings, useWindowState } from '../../state/context';

/** SHA-256 of the file at a path, as a running process of it knows it; null: none runs, or it may not be read. */
export function useProgramContent(exe: string): string | null {
  const { client } = useWindowState();
  const processId = useReadings(({ processes }) =>
    exe === '' ? null : (processes.lastOk?.data.processes.find((one) => one.exe === exe && !one.exeDeleted)?.id ?? null),
  );
  const [known, setKnown] = useState<{ readonly exe: string; readonly sha256: string | null }>({ exe, sha256: null });
  useEffect(() => {
    let ended = false;
    if (processId === null) return;
    client.request('processes.explain', { id: processId }).then(
      ({ sha256 }) => {
        if (!ended) setKnown({ exe, sha256 });
      },
      (error: unknown) => {
        // It ended in between: its content stays unknown, which the form says.
        if (!(error instanceof RequestError)) throw error;
      },
    );
    return () => {
      ended = true;
    };
  }, [client, exe, processId]);
  return known.exe === exe ? known.sha256 : null;
}
