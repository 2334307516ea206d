import { RefusedRequest } from '../api/refused-request';
import { DeskRefusal, type TrafficDesk } from '../traffic/desk/traffic-desk';

/** Questions to the desk whose refusals are refused requests. */
export function askTrafficDesk(desk: Pick<TrafficDesk, 'ask'>): TrafficDesk['ask'] {
  return async (name, input, signal) => {
    try {
      return await desk.ask(name, input, signal);
    } catch (error) {
      if (error instanceof DeskRefusal) throw new RefusedRequest(error.code, error.message);
      throw error;
    }
  };
}
