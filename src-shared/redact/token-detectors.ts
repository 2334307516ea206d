import { expressionDetector, isMixed, leftBorder } from './expression-detector';
import type { SecretDetector } from './secret-kinds';

/** Keys and tokens that are known by how they begin, whatever stands around them. */
export const tokenDetectors: readonly SecretDetector[] = [
  // Header, payload, signature; the left border holds the unbounded run to one start.
  expressionDetector('jwt', ['eyj'], `${leftBorder}eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{2,}\\.[A-Za-z0-9_-]*`, hasJwtHeader),
  expressionDetector('aws', ['akia', 'asia', 'abia', 'acca'], `${leftBorder}(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])`, isMixed),
  expressionDetector('gcp', ['aiza'], 'AIza[A-Za-z0-9_-]{35,}'),
  expressionDetector('gcp', ['ya29.'], `${leftBorder}ya29\\.[A-Za-z0-9_.-]{20,}`),
  expressionDetector('gcp', ['gocspx-'], 'GOCSPX-[A-Za-z0-9_-]{20,}'),
  expressionDetector('gcp', ['1//0'], `${leftBorder}1//0[A-Za-z0-9_-]{30,}`),
  expressionDetector('azure', ['8q~', '7q~'], '[A-Za-z0-9_~.]{3}[78]Q~[A-Za-z0-9_~.-]{31,}'),
  expressionDetector('azure', ['sig='], '[?&;]sig=([A-Za-z0-9%/+_-]{20,}={0,2})'),
  expressionDetector('github', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], 'gh[pousr]_[A-Za-z0-9]{30,}'),
  expressionDetector('github', ['github_pat_'], 'github_pat_[A-Za-z0-9_]{22,}'),
  expressionDetector(
    'gitlab',
    ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glft-', 'glsoat-', 'glagent-', 'gloas-', 'glimt-'],
    'gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|oas|imt)-[A-Za-z0-9_.-]{20,}',
  ),
  expressionDetector('gitlab', ['gr1348941'], 'GR1348941[A-Za-z0-9_-]{20,}'),
  expressionDetector(
    'slack',
    ['xoxa-', 'xoxb-', 'xoxe-', 'xoxe.', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xoxc-', 'xoxd-', 'xapp-'],
    '(?:xox[a-es]|xox[opr]|xapp)[-.][A-Za-z0-9%.-]{10,}',
    isMixed,
  ),
  expressionDetector('webhook', ['hooks.slack.com'], 'hooks\\.slack\\.com/(?:services|workflows|triggers)/([A-Za-z0-9/_-]{16,})'),
  expressionDetector(
    'webhook',
    ['discord.com', 'discordapp.com'],
    'discord(?:app)?\\.com/api/(?:v\\d{1,2}/)?webhooks/(\\d{5,25}/[A-Za-z0-9_-]{20,})',
  ),
  expressionDetector('webhook', ['webhook.office.com'], 'webhook\\.office\\.com/webhookb2/([A-Za-z0-9@/_-]{20,})'),
  expressionDetector('telegram', [':aa'], '(?<!\\d)\\d{8,10}:AA[A-Za-z0-9_-]{32,}'),
  expressionDetector('stripe', ['k_live_', 'k_test_'], '[srp]k_(?:live|test)_[A-Za-z0-9]{10,}'),
  expressionDetector('stripe', ['whsec_'], 'whsec_[A-Za-z0-9+/=]{16,}'),
  expressionDetector('npm', ['npm_'], `${leftBorder}npm_[A-Za-z0-9]{30,}`, isMixed),
  expressionDetector('api-key', ['sk-'], `${leftBorder}sk-[A-Za-z0-9_-]{20,}`, isMixed),
  expressionDetector('api-key', ['sg.'], `${leftBorder}SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{16,}`),
  expressionDetector('api-key', ['hf_'], `${leftBorder}hf_[A-Za-z0-9]{30,}`),
  expressionDetector('api-key', ['pypi-'], 'pypi-[A-Za-z0-9_-]{50,}'),
  expressionDetector('api-key', ['dop_v1_', 'doo_v1_', 'dor_v1_'], 'do[opr]_v1_[a-f0-9]{40,}'),
  expressionDetector('api-key', ['shpat_', 'shpca_', 'shppa_', 'shpss_'], 'shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32,}'),
  expressionDetector('api-key', ['hvs.', 'hvb.', 'hvr.'], `${leftBorder}hv[sbr]\\.[A-Za-z0-9_-]{20,}`),
  expressionDetector('api-key', ['dckr_pat_'], 'dckr_pat_[A-Za-z0-9_-]{20,}'),
  expressionDetector('api-key', ['glsa_', 'glc_'], `${leftBorder}gl(?:sa|c)_[A-Za-z0-9+/_=]{30,}`),
  expressionDetector('api-key', ['dapi'], `${leftBorder}dapi[a-f0-9]{32}`),
  expressionDetector('api-key', ['key-'], `${leftBorder}key-[a-f0-9]{32}(?![A-Za-z0-9])`, isMixed),
  expressionDetector(
    'api-key',
    ['lin_api_', 'tskey-', 'sntrys_', 'rubygems_', 'figd_', 'sbp_', 'pscale_', 'pmak-', 'nrak-', 'atatt3'],
    `${leftBorder}(?:lin_api_|tskey-|sntrys_|rubygems_|figd_|sbp_|pscale_|PMAK-|NRAK-|ATATT3)[A-Za-z0-9_=+/.-]{20,}`,
    isMixed,
  ),
  expressionDetector('private-key', ['age-secret-key-'], 'AGE-SECRET-KEY-1[A-Z0-9]{40,}'),
];

/** Beginnings by which a token is known even when its end is cut off. */
export const tokenBeginning = new RegExp(
  `eyJ|AKIA|ASIA|AIza|ya29\\.|GOCSPX-|gh[pousr]_|github_pat_|gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-|xox[a-z]-|xapp-|hooks\\.slack\\.com/services/|[srp]k_(?:live|test)_|whsec_|npm_|${leftBorder}sk-|SG\\.|${leftBorder}hf_|pypi-|do[opr]_v1_|shp(?:at|ca|pa|ss)_|hv[sbr]\\.|dckr_pat_|glsa_|\\d{8,10}:AA`,
);

/** The first part is base64url of a JSON object that names an algorithm. */
function hasJwtHeader(token: string): boolean {
  const header = decodeBase64Url(token.slice(0, Math.min(token.indexOf('.'), 2_048)));
  return header.startsWith('{"') && /"(?:alg|typ|enc|kid)"/.test(header);
}

const base64UrlDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function decodeBase64Url(text: string): string {
  let decoded = '';
  let bits = 0;
  let bitCount = 0;
  for (const digit of text) {
    bits = ((bits << 6) | base64UrlDigits.indexOf(digit)) & 0xfff;
    bitCount += 6;
    if (bitCount < 8) continue;
    bitCount -= 8;
    decoded += String.fromCharCode((bits >> bitCount) & 0xff);
  }
  return decoded;
}
