import { useMemo } from 'react';
import type { ProcessTexts } from '../../../src-shared/process-filter/match';
import type { Process } from '../../../src-shared/snapshots';
import { useReadingsShallow } from '../../state/context';
import { useWords } from '../../words/use-words';
import { reasonsText } from './process-columns';
import { type RoleBase, roleSentence } from './role-base';

/** Names of containers by their full id; the same object as long as no name changes. */
export function useContainerNames(): Readonly<Record<string, string>> {
  return useReadingsShallow(({ containers: { lastOk } }) =>
    Object.fromEntries((lastOk?.data.containers ?? []).map(({ id, name }) => [id, name])),
  );
}

/** `namespace/name` of pods by their uid. */
export function usePodNames(): Readonly<Record<string, string>> {
  return useReadingsShallow(({ pods: { lastOk } }) =>
    Object.fromEntries((lastOk?.data.pods ?? []).map(({ uid, namespace, name }) => [uid, `${namespace}/${name}`])),
  );
}

/** What rows say beside the facts, in the person's language. `roles` null: only categories. */
export function useProcessTexts(roles: RoleBase | null): ProcessTexts {
  const words = useWords();
  const containers = useContainerNames();
  const pods = usePodNames();
  return useMemo(() => {
    return {
      role: (process: Process) => roleSentence(words, process.role, roles),
      container: (process: Process) => (process.container === null ? '' : (containers[process.container] ?? '')),
      pod: (process: Process) => (process.pod === null ? '' : (pods[process.pod] ?? '')),
      reasons: (process: Process) => reasonsText(words, process),
    };
  }, [words, containers, pods, roles]);
}
