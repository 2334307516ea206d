import { BrowserWindow, session } from 'electron';
import { appOrigin } from './app-scheme';
import { hardenSession } from './security';

const reportPage = `${appOrigin}/report.html`;
/** Only what stands in the page itself. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A page as a PDF, laid out in a window that nobody sees: sandboxed, in a session of its own, without scripts and without a network. */
export async function printHtml(html: string): Promise<Uint8Array> {
  // A name without "persist:" is kept in memory only. One for all: a session is never given back.
  const own = session.fromPartition('report');
  if (!own.protocol.isProtocolHandled('app')) hardenSession(own);
  else own.protocol.unhandle('app');
  own.protocol.handle('app', ({ url }) =>
    url === reportPage
      ? new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy } })
      : new Response(null, { status: 404 }),
  );
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: own,
      javascript: false,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
    },
  });
  try {
    await window.webContents.loadURL(reportPage);
    return await window.webContents.printToPDF({ pageSize: 'A4', printBackground: true, generateTaggedPDF: true });
  } finally {
    window.destroy();
  }
}
