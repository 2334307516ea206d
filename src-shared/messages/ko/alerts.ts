import type { alertsEn } from '../en/alerts';

/** Alerts and the banner. */
export const alertsKo: Readonly<Record<keyof typeof alertsEn, string>> = {
  'banner.allClear': '{{time}}부터 이상 없음',
  'banner.nothingCritical': '{{time}}부터 위험 없음 · 주의 {{count}}건',
  'banner.nothingCritical_one': '{{time}}부터 위험 없음 · 주의 1건',
  'banner.more': '외 {{count}}건',
  'alert.what.host': '이 컴퓨터',
  'alert.what.engine': '컨테이너 엔진 {{subject}}',
  'alert.what.containers': '{{subject}} 컨테이너',
  'alert.what.services': '{{subject}}',
  'alert.what.processes': '{{subject}} 프로세스',
  'alert.what.logs': '{{subject}} 로그',
  'alert.often': '오늘 {{ordinal}}번째',
  'alerts.active': '진행 중',
  'alerts.over': '지나간 알림',
  'alerts.count': '{{count}}건',
  'alerts.count_one': '1건',
  'alerts.noneActive': '지금은 문제가 없습니다.',
  'alerts.noneOver': '지나간 문제가 없습니다.',
  'alerts.dismissAll': '모두 닫기',
  'alerts.dismissed': '닫음',
  'alerts.foundAtStart': '시작할 때 발견',
  'alerts.lasted': '{{time}} · {{duration}} 동안',
  'alert.what.pods': '파드 {{subject}}',
};
