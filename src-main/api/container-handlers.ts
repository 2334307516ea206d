import type { ContainerAction, ContainerDetail, ShellResult } from '../../src-shared/contract/containers';
import type { ActionResult } from '../../src-shared/contract/request';
import type { Handlers } from './dispatch';

type ContainerHandlers = Pick<Handlers, 'containers.detail' | 'containers.act' | 'containers.shell'>;

export interface ContainerHandlerDeps {
  readonly containerActions: {
    readonly detail: (id: string) => Promise<ContainerDetail>;
    readonly act: (input: { readonly id: string; readonly action: ContainerAction }) => Promise<ActionResult>;
    readonly shell: (id: string) => Promise<ShellResult>;
  };
}

export function createContainerHandlers({ containerActions }: ContainerHandlerDeps): ContainerHandlers {
  return {
    'containers.detail': ({ id }) => containerActions.detail(id),
    'containers.act': (input) => containerActions.act(input),
    'containers.shell': ({ id }) => containerActions.shell(id),
  };
}
