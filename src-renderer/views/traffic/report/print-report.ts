/** How long a frame is kept where a browser does not tell that printing ended. */
const keptMs = 10 * 60_000;

/**
 * Prints a report of ours with the browser's own dialog (which offers PDF). It stands in a frame that runs no scripts. The window's content
 * security policy holds in the frame too and refuses style elements, even in a document that is only parsed; a sheet that is made by code is none.
 */
export async function printReport(html: string, page: Document = document): Promise<void> {
  const [styleElement = '', css = ''] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? [];
  const frame = page.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-same-origin allow-modals');
  frame.setAttribute('aria-hidden', 'true');
  frame.className = 'visually-hidden';
  frame.srcdoc = html.replace(styleElement, '');
  const loaded = new Promise<void>((resolve) => frame.addEventListener('load', () => resolve(), { once: true }));
  page.body.append(frame);
  await loaded;
  const inner = frame.contentWindow;
  if (inner === null) return;
  const sheet = new (inner as Window & typeof globalThis).CSSStyleSheet();
  sheet.replaceSync(css);
  inner.document.adoptedStyleSheets = [sheet];
  const end = () => frame.remove();
  inner.addEventListener('afterprint', end, { once: true });
  setTimeout(end, keptMs);
  inner.focus();
  inner.print();
}
