import type { ProcessFacts, ProcessRole } from '../../src-shared/snapshots';
import type { Kin, ProcessContext, ProcessSurroundings } from './process-context';
import { explainRole } from './role/explain-role';
import type { RoleBase } from './role/match-base';

export type Surrounding = Pick<ProcessContext, 'policy' | 'unit' | 'container' | 'desktopEntry'>;

export interface TreeDeps {
  readonly surroundings: ProcessSurroundings;
  readonly base: RoleBase;
}

interface Member {
  readonly process: ProcessFacts;
  readonly surrounding: Surrounding;
  readonly kin: Kin;
  readonly ownTree: ProcessContext['ownTree'];
}

/** Who is whose parent, and what each one is, at one look at the list. */
export interface Family {
  of(process: ProcessFacts): Member;
  kinOf(pid: number): Kin | null;
  /** Ended children of its parent that this has not collected. */
  zombieCountOf(process: ProcessFacts): number;
}

/** Explains each process after its parent, and only those of which something changed since the look before. */
export function createFamilyTree({ surroundings, base }: TreeDeps): {
  read(processes: readonly ProcessFacts[]): Family;
} {
  let before = new Map<number, Member>();

  function surroundingOf(process: ProcessFacts): Surrounding {
    return {
      policy: surroundings.policyOf(process),
      unit: surroundings.unitOf(process),
      container: surroundings.containerOf(process),
      desktopEntry: surroundings.desktopEntryOf(process),
    };
  }

  function memberOf(process: ProcessFacts, parent: Member | null, above: ReadonlySet<number>): Member {
    const surrounding = surroundingOf(process);
    const isOwn = process.pid === surroundings.selfPid || parent?.ownTree === 'self';
    const ownTree = isOwn ? 'self' : above.has(process.pid) ? 'above' : null;
    const known = before.get(process.pid);
    const parentKin = parent?.kin ?? null;
    if (known !== undefined && known.kin.parent === parentKin && sameForRole(known.process, process)) {
      if (sameSurrounding(known.surrounding, surrounding)) {
        return known.process === process && known.ownTree === ownTree
          ? known
          : { process, surrounding: known.surrounding, kin: known.kin, ownTree };
      }
    }
    const role = explainRole(process, { platform: surroundings.platform, ...surrounding, parent: parentKin }, base);
    const kin: Kin = {
      pid: process.pid,
      startTicks: process.startTicks,
      name: process.name,
      exe: process.exe,
      user: process.user,
      terminal: process.terminal,
      role,
      // A helper of something known is not that thing.
      entry: role.entry === null || role.layer === 'ancestor' ? null : base.entryOf(role.entry),
      parent: parentKin,
    };
    return { process, surrounding, kin: known !== undefined && sameKin(known.kin, kin) ? known.kin : kin, ownTree };
  }

  return {
    read(processes) {
      const byPid = new Map(processes.map((process) => [process.pid, process]));
      const above = ancestorsOf(surroundings.selfPid, byPid);
      const members = new Map<number, Member>();
      for (const process of processes) {
        // From the first one that is not known yet down to this one. A list read while processes come and go may hold a circle.
        const line: ProcessFacts[] = [];
        const visited = new Set<number>();
        for (
          let one: ProcessFacts | undefined = process;
          one !== undefined && !members.has(one.pid) && !visited.has(one.pid);
          one = byPid.get(one.ppid)
        ) {
          visited.add(one.pid);
          line.push(one);
        }
        for (const one of line.reverse()) members.set(one.pid, memberOf(one, members.get(one.ppid) ?? null, above));
      }
      before = members;
      const zombies = countZombies(processes);
      return {
        of(process) {
          const member = members.get(process.pid);
          if (member === undefined) throw new Error(`process ${process.pid} is not of this list`);
          return member;
        },
        kinOf: (pid) => members.get(pid)?.kin ?? null,
        zombieCountOf: ({ ppid, state }) => (state === 'Z' ? (zombies.get(ppid) ?? 0) : 0),
      };
    },
  };
}

function ancestorsOf(pid: number, byPid: ReadonlyMap<number, ProcessFacts>): ReadonlySet<number> {
  const above = new Set<number>();
  for (let parent = byPid.get(pid)?.ppid; parent !== undefined && parent > 0 && !above.has(parent); parent = byPid.get(parent)?.ppid) {
    above.add(parent);
  }
  return above;
}

function countZombies(processes: readonly ProcessFacts[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { state, ppid } of processes) if (state === 'Z') counts.set(ppid, (counts.get(ppid) ?? 0) + 1);
  return counts;
}

/** Everything a role is made of; processor and memory, which change all the time, are not. */
function sameForRole(a: ProcessFacts, b: ProcessFacts): boolean {
  return (
    a === b ||
    (a.startTicks === b.startTicks &&
      a.name === b.name &&
      a.command === b.command &&
      a.exe === b.exe &&
      a.exeDeleted === b.exeDeleted &&
      a.user === b.user &&
      a.uid === b.uid &&
      a.unit === b.unit &&
      a.container === b.container &&
      a.pod === b.pod &&
      a.terminal === b.terminal &&
      a.evidence === b.evidence)
  );
}

function sameSurrounding(a: Surrounding, b: Surrounding): boolean {
  return a.policy === b.policy && a.unit === b.unit && a.container === b.container && a.desktopEntry === b.desktopEntry;
}

function sameKin(a: Kin, b: Kin): boolean {
  return (
    a.startTicks === b.startTicks &&
    a.name === b.name &&
    a.exe === b.exe &&
    a.user === b.user &&
    a.terminal === b.terminal &&
    a.parent === b.parent &&
    a.entry === b.entry &&
    sameRole(a.role, b.role)
  );
}

function sameRole(a: ProcessRole, b: ProcessRole): boolean {
  if (a.layer !== b.layer || a.entry !== b.entry || a.category !== b.category || a.claimed !== b.claimed) return false;
  const keys = Object.keys(a.values);
  return keys.length === Object.keys(b.values).length && keys.every((key) => a.values[key] === b.values[key]);
}
