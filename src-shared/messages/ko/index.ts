import { absencesKo } from './absences';
import { alertsKo } from './alerts';
import { containersKo } from './containers';
import { detailKo } from './detail';
import { frameKo } from './frame';
import { hostKo } from './host';
import { killKo } from './kill';
import { logErrorsKo } from './log-errors';
import { logQueryKo } from './log-query';
import { logsKo } from './logs';
import { noticesKo } from './notices';
import { podReasonsKo } from './pod-reasons';
import { podsKo } from './pods';
import { portViewKo } from './port-view';
import { processAlarmsKo } from './process-alarms';
import { processesKo } from './processes';
import { programsKo } from './programs';
import { riskKo } from './risk';
import { rolesKo } from './roles';
import { servicesKo } from './services';
import { settingsKo } from './settings';
import { shellKo } from './shell';
import { trafficKo } from './traffic';
import { trafficDeskKo } from './traffic-desk';
import { trafficSourcesKo } from './traffic-sources';
import { trafficViewKo } from './traffic-view';

/** All Korean words; the types of the parts make a missing key a compile error. */
export const ko = {
  ...absencesKo,
  ...alertsKo,
  ...containersKo,
  ...detailKo,
  ...frameKo,
  ...hostKo,
  ...killKo,
  ...logErrorsKo,
  ...logQueryKo,
  ...logsKo,
  ...noticesKo,
  ...podReasonsKo,
  ...podsKo,
  ...portViewKo,
  ...processAlarmsKo,
  ...processesKo,
  ...programsKo,
  ...riskKo,
  ...rolesKo,
  ...servicesKo,
  ...settingsKo,
  ...shellKo,
  ...trafficKo,
  ...trafficViewKo,
  ...trafficDeskKo,
  ...trafficSourcesKo,
} as const;
