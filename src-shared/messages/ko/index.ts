import { alertsKo } from './alerts';
import { containersKo } from './containers';
import { detailKo } from './detail';
import { frameKo } from './frame';
import { hostKo } from './host';
import { logsKo } from './logs';
import { noticesKo } from './notices';
import { podReasonsKo } from './pod-reasons';
import { podsKo } from './pods';
import { processAlarmsKo } from './process-alarms';
import { processesKo } from './processes';
import { rolesKo } from './roles';
import { servicesKo } from './services';
import { settingsKo } from './settings';
import { shellKo } from './shell';

/** All Korean words; the types of the parts make a missing key a compile error. */
export const ko = {
  ...alertsKo,
  ...containersKo,
  ...detailKo,
  ...frameKo,
  ...hostKo,
  ...logsKo,
  ...noticesKo,
  ...podReasonsKo,
  ...podsKo,
  ...processAlarmsKo,
  ...processesKo,
  ...rolesKo,
  ...servicesKo,
  ...settingsKo,
  ...shellKo,
} as const;
