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
  /** Of the latest look; changed in place, as is `lookNumber`: a table that stays as it is costs no memory at each look. */
  process: ProcessFacts;
  /** The look it was seen in last. */
  lookNumber: number;
  readonly surrounding: Surrounding;
  readonly kin: Kin;
  readonly ownTree: ProcessContext['ownTree'];
}

/** Who is whose parent, and what each one is, at the latest look at the list. */
export interface Family {
  of(process: ProcessFacts): Readonly<Member>;
  kinOf(pid: number): Kin | null;
  /** Ended children of its parent that this has not collected. */
  zombieCountOf(process: ProcessFacts): number;
}

/** Explains each process after its parent, and only those of which something changed since the look before. */
export function createFamilyTree({ surroundings, base }: TreeDeps): {
  read(processes: readonly ProcessFacts[]): Family;
} {
  const members = new Map<number, Member>();
  const byPid = new Map<number, ProcessFacts>();
  let zombies: ReadonlyMap<number, number> = new Map();
  let lookNumber = 0;

  function memberOf(process: ProcessFacts, parent: Member | null, above: ReadonlySet<number>): Member {
    const policy = surroundings.policyOf(process);
    const unit = surroundings.unitOf(process);
    const container = surroundings.containerOf(process);
    const desktopEntry = surroundings.desktopEntryOf(process);
    const isOwn = process.pid === surroundings.selfPid || parent?.ownTree === 'self';
    const ownTree = isOwn ? 'self' : above.has(process.pid) ? 'above' : null;
    const known = members.get(process.pid);
    const parentKin = parent?.kin ?? null;
    if (
      known !== undefined &&
      known.kin.parent === parentKin &&
      known.ownTree === ownTree &&
      known.surrounding.policy === policy &&
      known.surrounding.unit === unit &&
      known.surrounding.container === container &&
      known.surrounding.desktopEntry === desktopEntry &&
      sameForRole(known.process, process)
    ) {
      known.process = process;
      known.lookNumber = lookNumber;
      return known;
    }
    const surrounding = { policy, unit, container, desktopEntry };
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
    const member = {
      process,
      lookNumber,
      surrounding,
      kin: known !== undefined && sameKin(known.kin, kin) ? known.kin : kin,
      ownTree,
    } as const;
    members.set(process.pid, member);
    return member;
  }

  function memberAt(pid: number): Member | null {
    const member = members.get(pid);
    return member?.lookNumber === lookNumber ? member : null;
  }

  /** From the first one above it that is not known yet down to this one. */
  function addLine(process: ProcessFacts, above: ReadonlySet<number>): void {
    const line: ProcessFacts[] = [];
    // A list read while processes come and go may hold a circle.
    const visited = new Set<number>();
    for (
      let one: ProcessFacts | undefined = process;
      one !== undefined && memberAt(one.pid) === null && !visited.has(one.pid);
      one = byPid.get(one.ppid)
    ) {
      visited.add(one.pid);
      line.push(one);
    }
    for (const one of line.reverse()) memberOf(one, memberAt(one.ppid), above);
  }

  function indexByPid(processes: readonly ProcessFacts[]): void {
    for (const process of processes) byPid.set(process.pid, process);
    if (byPid.size === processes.length) return;
    byPid.clear();
    for (const process of processes) byPid.set(process.pid, process);
  }

  function read(processes: readonly ProcessFacts[]): void {
    lookNumber += 1;
    indexByPid(processes);
    const above = ancestorsOf(surroundings.selfPid, byPid);
    for (const process of processes) {
      if (memberAt(process.pid) !== null) continue;
      const parent = memberAt(process.ppid);
      if (parent !== null || !byPid.has(process.ppid)) memberOf(process, parent, above);
      else addLine(process, above);
    }
    if (members.size > processes.length) {
      for (const [pid, { lookNumber: seenIn }] of members) if (seenIn !== lookNumber) members.delete(pid);
    }
    zombies = countZombies(processes);
  }

  const family: Family = {
    of(process) {
      const member = memberAt(process.pid);
      if (member === null) throw new Error(`process ${process.pid} is not of this list`);
      return member;
    },
    kinOf: (pid) => memberAt(pid)?.kin ?? null,
    zombieCountOf: ({ ppid, state }) => (state === 'Z' ? (zombies.get(ppid) ?? 0) : 0),
  };

  return {
    read(processes) {
      read(processes);
      return family;
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
