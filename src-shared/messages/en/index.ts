import { absencesEn } from './absences';
import { alertsEn } from './alerts';
import { containersEn } from './containers';
import { detailEn } from './detail';
import { frameEn } from './frame';
import { hostEn } from './host';
import { killEn } from './kill';
import { logErrorsEn } from './log-errors';
import { logQueryEn } from './log-query';
import { logsEn } from './logs';
import { noticesEn } from './notices';
import { podReasonsEn } from './pod-reasons';
import { podsEn } from './pods';
import { portViewEn } from './port-view';
import { processAlarmsEn } from './process-alarms';
import { processesEn } from './processes';
import { programsEn } from './programs';
import { riskEn } from './risk';
import { rolesEn } from './roles';
import { servicesEn } from './services';
import { settingsEn } from './settings';
import { shellEn } from './shell';
import { trafficEn } from './traffic';
import { trafficDeskEn } from './traffic-desk';
import { trafficSourcesEn } from './traffic-sources';
import { trafficViewEn } from './traffic-view';

/** All English words of the product, by key: one file a topic, each with the words of its rules and of its views. */
export const en = {
  ...absencesEn,
  ...alertsEn,
  ...containersEn,
  ...detailEn,
  ...frameEn,
  ...hostEn,
  ...killEn,
  ...logErrorsEn,
  ...logQueryEn,
  ...logsEn,
  ...noticesEn,
  ...podReasonsEn,
  ...podsEn,
  ...portViewEn,
  ...processAlarmsEn,
  ...processesEn,
  ...programsEn,
  ...riskEn,
  ...rolesEn,
  ...servicesEn,
  ...settingsEn,
  ...shellEn,
  ...trafficEn,
  ...trafficViewEn,
  ...trafficDeskEn,
  ...trafficSourcesEn,
} as const;
