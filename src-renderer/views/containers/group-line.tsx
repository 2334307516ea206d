import { ChevronRight } from 'lucide-react';
import { type CSSProperties, memo } from 'react';
import type { Level } from '../../../src-shared/level';
import { Figure } from '../../components/figure';
import { joinClasses } from '../../components/join-classes';
import { LevelShape } from '../../components/level-shape';
import { Middle } from '../../components/middle';
import row from '../../components/row.module.css';
import { useWords } from '../../words/use-words';
import type { ContainerGroup } from './container-groups';
import styles from './containers-view.module.css';

interface GroupLineProps {
  readonly groupKey: string;
  readonly place: CSSProperties;
  readonly rowIndex: number;
  readonly kind: ContainerGroup['kind'];
  readonly name: string;
  readonly summary: string;
  readonly level: Level;
  /** In percent, in the scale of the list; null where nobody knows. */
  readonly cpuPercent: string | null;
  readonly memoryFigure: string | null;
  readonly memoryUnit: string;
  readonly open: boolean;
  readonly current: boolean;
  readonly onToggle: (key: string) => void;
}

// One element for all: React passes it over, while an icon of lucide is built again at every drawing.
const arrow = <ChevronRight size={13} aria-hidden="true" className={styles.arrow} />;

/** The heading of a project or pod: how many, how bad, how much together. Plain values only: unchanged, it is not drawn again. */
export const GroupLine = memo(function GroupLine(props: GroupLineProps) {
  const { t } = useWords();
  const name = props.kind === 'none' ? t('containers.group.none') : props.name;
  const loud = props.level === 'critical' || props.level === 'warning';
  return (
    <div
      role="row"
      aria-rowindex={props.rowIndex}
      className={joinClasses(row.row, styles.columns, styles.group)}
      style={props.place}
      data-open={props.open}
    >
      <div role="rowheader" className={styles.groupName}>
        <button
          type="button"
          className={row.open}
          aria-expanded={props.open}
          aria-label={`${name}, ${props.summary}, ${t(`level.${props.level}`)}`}
          data-row={props.rowIndex}
          tabIndex={props.current ? 0 : -1}
          onClick={() => props.onToggle(props.groupKey)}
        >
          {arrow}
          <Middle text={name} strong />
        </button>
        {props.kind !== 'none' && <span className={styles.kind}>{t(`containers.group.${props.kind}`)}</span>}
      </div>
      <div role="cell" className={joinClasses(row.quiet, styles.groupState)}>
        {loud && <LevelShape level={props.level} size={9} />} {props.summary}
      </div>
      <div role="cell" className={styles.groupFigure}>
        {props.cpuPercent !== null && <Figure figure={props.cpuPercent} unit="%" />}
      </div>
      <div role="cell" className={styles.groupFigure}>
        {props.memoryFigure !== null && <Figure figure={props.memoryFigure} unit={props.memoryUnit} />}
      </div>
    </div>
  );
});
