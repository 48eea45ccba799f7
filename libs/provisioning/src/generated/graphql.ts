// Made by `npm run generate` from ../provisioning.graphql: do not edit.

export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant, ISO 8601 in UTC with milliseconds: `2026-06-30T16:00:00.000Z`. */
  DateTime: { input: string; output: string; }
};

export type Query = {
  /** A service order by id; null when there is none. Counter and operations. */
  serviceOrder: Maybe<ServiceOrder>;
  /** The service orders of a product order, oldest first: one for each action. Counter and operations. */
  serviceOrders: Array<ServiceOrder>;
  /** Service orders that have not ended, oldest first. Operations. */
  openServiceOrders: ServiceOrderConnection;
};


export type QueryServiceOrderArgs = {
  serviceOrderId: Scalars['ID']['input'];
};


export type QueryServiceOrdersArgs = {
  orderId: Scalars['ID']['input'];
};


export type QueryOpenServiceOrdersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  /** Undoes again at once: for an order that is stuck because an element refused, or that rests because an element is away. Operations. Refused with service_order_not_stuck, service_order_not_found. */
  retryServiceOrder: ServiceOrder;
};


export type MutationRetryServiceOrderArgs = {
  serviceOrderId: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
};

/** A product order, as far as provisioning knows. */
export type Order = {
  /** The order's id. */
  orderId: Scalars['ID']['output'];
  /** What the network was asked to do for it, oldest first. */
  serviceOrders: Array<ServiceOrder>;
};

/** A product, as far as provisioning knows. */
export type Product = {
  /** The product's id. */
  productId: Scalars['ID']['output'];
  /** What the network does, or did, for it, oldest first. */
  services: Array<Service>;
};

/** What the network is asked to do for a product order. 服务订单 */
export type ServiceOrder = {
  /** The service order's id, a UUID. */
  serviceOrderId: Scalars['ID']['output'];
  /** The product order that it is for. */
  orderId: Scalars['ID']['output'];
  /** What it does to services. */
  action: ServiceAction;
  /** Where it stands. */
  state: ServiceOrderState;
  /** Why it is undone or failed: an element and what it said, or `cancelled`. Null otherwise. */
  reason: Maybe<Scalars['String']['output']>;
  /** What an element said when it refused to undo; null unless stuck. */
  error: Maybe<Scalars['String']['output']>;
  /** When it was placed, business time. */
  placedAt: Scalars['DateTime']['output'];
  /** When it was completed, or everything was undone; null until then. Business time. */
  finishedAt: Maybe<Scalars['DateTime']['output']>;
  /** The products that it is about. */
  productIds: Array<Scalars['ID']['output']>;
  /** Its tasks, in order. */
  tasks: Array<ServiceTask>;
};

/** What a service order does. */
export type ServiceAction =
  /** Switches services on. 开通 */
  | 'ACTIVATE'
  /** Switches services off. 拆机 */
  | 'DEACTIVATE'
  /** Stops services, or a part of what they do. 停机 */
  | 'BAR'
  /** Lets services go on, as far as nothing else stops them. 复机 */
  | 'UNBAR'
  /** Changes what services are switched on with: another plan, another place. 变更 */
  | 'CHANGE';

/** Where a service order stands. */
export type ServiceOrderState =
  /** Its tasks are being carried out. 执行中 */
  | 'CARRYING_OUT'
  /** What was done is being undone. 回退中 */
  | 'UNDOING'
  /** An element refuses to undo: somebody must look, then retry. 待人工处理 */
  | 'STUCK'
  /** Everything is done. 已完成 */
  | 'COMPLETED'
  /** Nothing is left of it. 失败并已回退 */
  | 'FAILED';

/** One thing that one network element does for one product. 任务 */
export type ServiceTask = {
  /** The task's id; also its idempotency key towards the element. */
  taskId: Scalars['ID']['output'];
  /** The product that it is for. */
  productId: Scalars['ID']['output'];
  /** Its code in the policy that decomposes: `subscriber`. */
  code: Scalars['String']['output'];
  /** The network element: `hlr`, `olt`. */
  element: Scalars['String']['output'];
  /** 1, 2, … in the service order. */
  position: Scalars['Int']['output'];
  /** Where it stands. */
  state: ServiceTaskState;
  /** How often it was handed to the network, over restarts; tries in a row count as one. */
  sends: Scalars['Int']['output'];
  /** What the element said last when something went wrong; null otherwise. */
  lastError: Maybe<Scalars['String']['output']>;
};

/** Where a task stands. */
export type ServiceTaskState =
  /** Not sent yet. */
  | 'PENDING'
  /** Sent; whether it took effect is not known. */
  | 'SENT'
  /** Done. */
  | 'DONE'
  /** The element did not do it. */
  | 'REFUSED'
  /** It was taken back. */
  | 'UNDONE';

/** What the network does, or did, for a product. 服务 */
export type Service = {
  /** The service's id, a UUID. */
  serviceId: Scalars['ID']['output'];
  /** The product. */
  productId: Scalars['ID']['output'];
  /** The product's specification: `mobile-main`, `broadband`. */
  specification: Scalars['String']['output'];
  /** What was configured, by name: `downMbit`. */
  characteristics: Array<ServiceCharacteristic>;
  /** Whether it runs. */
  state: ServiceState;
  /** What is stopped while it is barred: `BARRED_OUTGOING`, `FULL_STOP`; null when nothing is. */
  barring: Maybe<Scalars['String']['output']>;
  /** Since when, business time. */
  activatedAt: Scalars['DateTime']['output'];
  /** When it ended, business time; null while it runs. */
  terminatedAt: Maybe<Scalars['DateTime']['output']>;
};

/** Something that was configured. */
export type ServiceCharacteristic = {
  /** Its name: `downMbit`. */
  name: Scalars['String']['output'];
  /** Its value as text: `500`. */
  value: Scalars['String']['output'];
};

/** Whether a service runs. */
export type ServiceState =
  /** It runs. 在用 */
  | 'ACTIVE'
  /** It is there, but stopped: see `barring`. 停机 */
  | 'BARRED'
  /** It has ended. 已拆 */
  | 'TERMINATED';

/** A page of service orders. */
export type ServiceOrderConnection = {
  /** The service orders of this page. */
  edges: Array<ServiceOrderEdge>;
  /** Where the page ends. */
  pageInfo: PageInfo;
};

/** A service order on a page. */
export type ServiceOrderEdge = {
  /** Give it as `after` to continue behind this one. */
  cursor: Scalars['String']['output'];
  /** The service order. */
  node: ServiceOrder;
};

/** Where a page of a list ends. */
export type PageInfo = {
  /** Whether there is a page after this one. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Give it as `after` for the next page; null on an empty page. */
  endCursor: Maybe<Scalars['String']['output']>;
};
