import type { podsEn } from '../en/pods';

/** 클러스터의 파드. */
export const podsKo: Readonly<Record<keyof typeof podsEn, string>> = {
  'pods.none': '이 네임스페이스에는 파드가 없습니다.',
};
