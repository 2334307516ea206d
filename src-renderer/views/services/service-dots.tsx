import { useCallback, useMemo, useState } from 'react';
import type { Service, ServicesSnapshot } from '../../../src-shared/snapshots';
import { DotGrid } from '../../components/dot-grid';
import { useUi, useWindowState } from '../../state/context';
import { toggleSelected } from '../../state/ui-store';
import { useWords } from '../../words/use-words';
import styles from './service-dots.module.css';
import { byStateThenTrouble, serviceId, serviceMark, serviceName, serviceState, troubleFirst } from './service-words';

interface ServiceDotsProps extends Pick<ServicesSnapshot, 'services' | 'method'> {
  /** Under a heading for each state, with how many there are. */
  readonly grouped?: boolean;
}

/** The dot grid of services, trouble first, with one line that tells what is pointed at. */
export function ServiceDots({ services, method, grouped = false }: ServiceDotsProps) {
  const words = useWords();
  const { ui } = useWindowState();
  const selectedId = useUi((state) => (state.selected?.kind === 'service' ? state.selected.id : null));
  const [pointedId, setPointedId] = useState<string | null>(null);
  const sorted = useMemo(() => [...services].sort(grouped ? byStateThenTrouble : troubleFirst), [services, grouped]);
  const dots = useMemo(
    () =>
      sorted.map((service) => ({
        id: serviceId(service),
        level: serviceMark(service),
        name: serviceName(words, service),
        ...(grouped ? { group: serviceState(words, service) } : {}),
      })),
    [sorted, words, grouped],
  );
  const open = useCallback((id: string) => toggleSelected(ui, { kind: 'service', id }), [ui]);
  const pointed = sorted.find((service) => serviceId(service) === pointedId);
  return (
    <>
      <DotGrid label={words.t('services.states')} dots={dots} selectedId={selectedId} onOpen={open} onPoint={setPointedId} />
      <p className={styles.pointed}>{pointed ? <Pointed service={pointed} /> : <span>{words.t(`services.method.${method}`)}</span>}</p>
    </>
  );
}

function Pointed({ service }: { readonly service: Service }) {
  const words = useWords();
  const [reason] = service.reasons;
  return (
    <>
      <strong>{service.unit}</strong> {serviceState(words, service)}
      {reason && ` · ${words.reason(reason)}`}
    </>
  );
}
