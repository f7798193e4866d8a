/** The service, application or namespace that the post names; never a guess from the title. */

import type { Facts } from './facts.ts';
import { cut } from './folding.ts';

const NAMES = [
  'service',
  'service_name',
  'service name',
  'servicename',
  'サービス',
  'サービス名',
  '対象サービス',
  'impacted service',
  'app',
  'application',
  'app_name',
  'アプリ',
  'アプリケーション',
  'kube_service',
  'kube_deployment',
  'app.kubernetes.io/name',
  'namespace',
  'kube_namespace',
  'job',
];
// A CloudWatch namespace is a family of metrics, not somebody's service.
const NOT_A_SERVICE = /^(?:aws\/|-$|n\/a$|none$|unknown$|なし$|不明$)/i;

export function readService(facts: Facts, own: string | undefined): string | undefined {
  const found = [
    own,
    ...NAMES.flatMap((name) => facts.pairs.filter((pair) => pair.name === name).map(({ value }) => value)),
  ]
    .map((value) => value?.replace(/^["'`*_\s]+|["'`*_\s]+$/g, ''))
    .find((value) => value !== undefined && value !== '' && value.length <= 200 && !NOT_A_SERVICE.test(value));
  return found === undefined ? undefined : cut(found, 100);
}
