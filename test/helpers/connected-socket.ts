import { once } from 'node:events';
import { createServer, Socket } from 'node:net';

/** One end of a loopback connection as a stream that can be handed to a child. */
export async function connectedSocket(): Promise<{ readonly near: Socket; end(): void }> {
  const far: Socket[] = [];
  const server = createServer((socket) => void far.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const near = new Socket();
  near.connect(address.port, '127.0.0.1');
  await once(near, 'connect');
  return {
    near,
    end() {
      near.destroy();
      for (const socket of far) socket.destroy();
      server.close();
    },
  };
}
