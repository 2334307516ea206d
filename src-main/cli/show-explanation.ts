import type { ProcessExplanation } from '../../src-shared/contract';
import { formatBytes, formatPercent, formatSocket, unknownText } from '../../src-shared/format';
import type { ProcessRole, RiskReason } from '../../src-shared/snapshots';
import { levelMarks, type Paint } from './paint';
import { englishRole } from './process-report';
import { riskPaint } from './show-processes';
import { cutToWidth, escapeUnprintable, fitToWidth, wrapToWidth } from './terminal-text';

const columns = 100;
const shownListeners = 8;

/** One process on one card, every text from outside made harmless. */
export function showExplanation(explanation: ProcessExplanation, paint: Paint): string {
  const { process, killReason, comesBack, sha256, clientCount, policy } = explanation;
  const { risk } = process;
  const level = riskPaint[risk.riskLevel];
  const headline = `${levelMarks[level]} ${risk.riskLevel}`;
  const lines = [
    `${paint.bold(clean(process.name))} ${process.pid}  ${paint.level(headline, level)}  ${paint.dim(`score ${Math.round(risk.score)}, evidence ${formatPercent(risk.evidenceRatio)}`)}`,
    ...wrapToWidth(clean(englishRole(process.role)), columns),
    ...explanation.roles.slice(1).map((role) => paint.dim(`  ${layerLine(role)}`)),
    '',
    ...field('axes', `threat ${risk.axes.threat} · exposure ${risk.axes.exposure} · health ${risk.axes.health}`),
    ...risk.reasons.flatMap((reason) => reasonLines(reason, paint)),
    ...(risk.expectedRules.length > 0 ? field('expected', risk.expectedRules.join(', ')) : []),
    ...field('executable', `${process.exe ?? unknownText}${process.exeDeleted === true ? ' (deleted)' : ''}`),
    ...field('sha-256', sha256 ?? 'cannot be read'),
    ...field('command', process.command === '' ? 'none' : process.command),
    ...field('user', process.user ?? unknownText),
    ...field(
      'use',
      `${process.cpuCores === null ? unknownText : `${(process.cpuCores * 100).toFixed(1)} % of a core`}, ${formatBytes(process.pssBytes ?? process.rssBytes)}`,
    ),
    ...field('listens', listeners(explanation, clientCount)),
    ...field('started by', explanation.ancestors.map(({ name, pid }) => `${name} (${pid})`).join(' > ') || 'nothing that is known'),
    ...field('children', explanation.children.map(({ name, pid }) => `${name} (${pid})`).join(', ') || 'none'),
    ...[
      process.unit === null ? [] : field('unit', process.unit),
      process.container === null ? [] : field('container', process.container),
    ].flat(),
    ...(policy === null
      ? []
      : field('noted', `${policy.verdict ?? 'no verdict'}${policy.note === '' ? '' : `: ${policy.note}`} (${policy.author})`)),
    ...field('ending it', `${process.killClass}: ${killReason.text}`),
    ...field('comes back', comesBack?.reason.text ?? 'nothing that is known starts it again'),
  ];
  return `${lines.join('\n')}\n`;
}

function layerLine(role: ProcessRole): string {
  return cutToWidth(`${role.layer}: ${clean(englishRole(role))}`, columns - 2);
}

function reasonLines({ axis, points, text }: RiskReason, paint: Paint): readonly string[] {
  return wrapToWidth(clean(text), columns - 24).map((line, index) =>
    index === 0 ? `  ${paint.dim(fitToWidth(`${axis} +${Math.round(points)}`, 14))} ${line}` : `${' '.repeat(17)}${line}`,
  );
}

function listeners({ process }: ProcessExplanation, clientCount: number | null): string {
  const { listening } = process;
  if (listening.length === 0) return 'on nothing';
  const shown = listening.slice(0, shownListeners).map(({ address, port, protocol }) => `${formatSocket(address, port)}/${protocol}`);
  const more = listening.length > shownListeners ? ` +${listening.length - shownListeners}` : '';
  return `${shown.join(', ')}${more}; clients: ${clientCount ?? unknownText}`;
}

function field(name: string, text: string): readonly string[] {
  return wrapToWidth(clean(text), columns - 13).map((line, index) => `${fitToWidth(index === 0 ? name : '', 12)} ${line}`);
}

const clean = escapeUnprintable;
