import { useCallback, useMemo, useState } from 'react';
import type { Service, ServicesSnapshot } from '../../../src-shared/snapshots';
import { DotGrid } from '../../components/dot-grid';
import { useUi, useWindowState } from '../../state/context';
import { toggleSelected } from '../../state/ui-store';
import { useWords } from '../../words/use-words';
import styles from './service-dots.module.css';
import { serviceId, serviceMark, serviceName, serviceState, troubleFirst } from './service-words';

/** The dot grid of services, trouble first, with one line that tells what is pointed at. */
export function ServiceDots({ services, method }: Pick<ServicesSnapshot, 'services' | 'method'>) {
  const words = useWords();
  const { ui } = useWindowState();
  const selectedId = useUi((state) => (state.selected?.kind === 'service' ? state.selected.id : null));
  const [pointedId, setPointedId] = useState<string | null>(null);
  const sorted = useMemo(() => [...services].sort(troubleFirst), [services]);
  const dots = useMemo(
    () => sorted.map((service) => ({ id: serviceId(service), level: serviceMark(service), name: serviceName(words, service) })),
    [sorted, words],
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
