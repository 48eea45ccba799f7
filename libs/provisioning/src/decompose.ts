import type { BlockKind, ElementCall, ProvisioningPolicy, ProvisioningTask } from '@ronghe/contracts';
import { localDateOf, newId, type Instant } from '@ronghe/kernel';
import { provisioningError } from './provisioning.errors';
import type { ElementRequest, ServiceAction, ServiceItem, Task } from './service-order';

/** Products in one service order; the largest basket of the catalog has about ten. */
export const SERVICE_LIMIT = 50;

/** Policy documents are dated in the operator's calendar. */
const OPERATOR_ZONE = 'Asia/Shanghai';

/**
 * The policy in force at an instant.
 * @throws DomainError('provisioning_policy_missing') when none is; the caller tries again later.
 */
export function policyInForce(policies: readonly ProvisioningPolicy[], now: Instant): ProvisioningPolicy {
  const today = localDateOf(now, OPERATOR_ZONE);
  const policy = policies
    .filter((each) => each.effectiveFrom <= today && (each.effectiveTo === null || today < each.effectiveTo))
    .sort((a, b) => a.version - b.version)
    .at(-1);
  if (!policy) throw provisioningError('provisioning_policy_missing', { date: today });
  return policy;
}

/** A service of an order, and what was stopped for it before. */
export interface DecomposedService extends ServiceItem {
  barredBefore: BlockKind | null;
  /** What it was switched on with, where the order changes that. */
  before?: Pick<ServiceItem, 'characteristics' | 'resources'>;
}

/**
 * The tasks that carry out an action on some services, in order. Deactivation asks the elements the other way round.
 * To change is to send each element the subscription as it shall be, what is stopped stays so.
 * To bar is to send each element of a service its subscription again with what is stopped, to unbar without; so undoing
 * either is to send it as it was before.
 * @throws DomainError('too_many_services' | 'service_repeated' | 'specification_unknown' | 'service_data_missing').
 */
export function decompose(
  policy: ProvisioningPolicy,
  action: ServiceAction,
  services: readonly DecomposedService[],
): Task[] {
  if (services.length === 0 || services.length > SERVICE_LIMIT) {
    throw provisioningError('too_many_services', { count: services.length, limit: SERVICE_LIMIT });
  }
  const productIds = services.map((service) => service.productId);
  const repeated = productIds.find((productId, index) => productIds.indexOf(productId) !== index);
  if (repeated !== undefined) throw provisioningError('service_repeated', { productId: repeated });

  return services
    .flatMap((service) => {
      const steps = stepsOf(policy, service);
      return (action === 'deactivate' ? steps.toReversed() : steps).map((step) =>
        taskOf(step, action, service),
      );
    })
    .map((task, index) => ({ ...task, position: index + 1 }));
}

function stepsOf(policy: ProvisioningPolicy, { specification }: ServiceItem): ProvisioningTask[] {
  const found = policy.decomposition.find((each) => each.specification === specification);
  if (!found) throw provisioningError('specification_unknown', { specification });
  return found.tasks;
}

function taskOf(step: ProvisioningTask, action: ServiceAction, service: DecomposedService): Task {
  const values = valuesOf(service);
  const activate = requestOf(step.activate, values, service);
  const deactivate = requestOf(step.deactivate, values, service);
  const previous = { ...service, ...service.before };
  const activateBefore = service.before ? requestOf(step.activate, valuesOf(previous), previous) : activate;
  const [forward, backward] = callsOf(action, service, { activate, activateBefore, deactivate });
  return {
    taskId: newId(),
    productId: service.productId,
    code: step.code,
    element: step.element,
    position: 0,
    forward,
    backward,
    state: 'pending',
    sentRound: null,
    sends: 0,
    lastError: null,
  };
}

function callsOf(
  action: ServiceAction,
  { barring, barredBefore }: DecomposedService,
  {
    activate,
    activateBefore,
    deactivate,
  }: Record<'activate' | 'activateBefore' | 'deactivate', ElementRequest>,
): [ElementRequest, ElementRequest] {
  switch (action) {
    case 'activate':
      return [activate, deactivate];
    case 'deactivate':
      return [deactivate, barred(activate, barredBefore)];
    case 'change':
      return [barred(activate, barredBefore), barred(activateBefore, barredBefore)];
    case 'bar':
    case 'unbar':
      return [barred(activate, barring), barred(activate, barredBefore)];
  }
}

/** The subscription as it stands while something is stopped. */
function barred(activate: ElementRequest, barring: BlockKind | null): ElementRequest {
  return barring === null ? activate : { ...activate, body: { ...activate.body, barring } };
}

/** What a path or a body may name: the product, its characteristics, its resources and what belongs to them. */
function valuesOf({ productId, characteristics, resources }: ServiceItem): Map<string, string> {
  const values = new Map(Object.entries({ ...characteristics, productId }));
  for (const resource of resources) values.set(resource.kind, resource.value);
  return values;
}

function requestOf(call: ElementCall, values: Map<string, string>, service: ServiceItem): ElementRequest {
  const valueOf = (name: string): string => {
    const value = values.get(name);
    if (value === undefined) {
      throw provisioningError('service_data_missing', {
        productId: service.productId,
        specification: service.specification,
        name,
      });
    }
    return value;
  };
  const attributes = service.resources
    .filter(({ kind }) => call.body.includes(kind))
    .map((each) => each.attributes ?? {});
  return {
    method: call.method,
    path: call.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(valueOf(name))),
    body: Object.assign(
      {},
      ...attributes,
      Object.fromEntries(call.body.map((name) => [name, valueOf(name)])),
    ) as Record<string, string>,
  };
}
