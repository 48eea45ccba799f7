// Made by `npm run generate` from ../inventory.graphql: do not edit.

export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant in ISO 8601 with an offset; written in UTC with milliseconds. */
  DateTime: { input: string; output: string; }
};

/** What lies in stock. 库存种类 */
export type StockKind =
  /** A mobile number (手机号码), E.164 digits without the plus: 8613312345678. */
  | 'MOBILE_NUMBER'
  /** A fixed-line number (固定电话号码) in national form with its area code: 02885551234. */
  | 'FIXED_NUMBER'
  /** A SIM card (SIM卡), known by its ICCID. */
  | 'SIM'
  /** The optical terminal (光猫) of a broadband line, known by its serial. */
  | 'OPTICAL_TERMINAL'
  /** A set-top box (机顶盒), known by its serial. */
  | 'SET_TOP_BOX';

/** Kinds of stock that are numbers. 号码种类 */
export type NumberKind =
  /** A mobile number. 手机号码 */
  | 'MOBILE_NUMBER'
  /** A fixed-line number. 固定电话号码 */
  | 'FIXED_NUMBER';

/** Where a unit of stock stands. 库存状态 */
export type StockState =
  /** May be sold. 可用 */
  | 'AVAILABLE'
  /** Reserved for an order until an instant. 预占 */
  | 'HELD'
  /** Sold. 已占用 */
  | 'ASSIGNED'
  /** A number that came back and rests before it is sold again. 冷冻期 */
  | 'QUARANTINED'
  /** Never to be sold again. 已报废 */
  | 'RETIRED';

/** How sought after a number's tail is. 靓号等级 */
export type NumberGrade =
  /** No pattern. 普通 */
  | 'ORDINARY'
  /** Two equal digits or a straight of three. 铜 */
  | 'BRONZE'
  /** Pairs or a repeated group: 5566, 5656, 123123. 银 */
  | 'SILVER'
  /** Three equal digits or a straight of four. 金 */
  | 'GOLD'
  /** Four equal digits or a straight of five. 铂金 */
  | 'PLATINUM'
  /** Five equal digits or a straight of six, and more. 钻石 */
  | 'DIAMOND';

/** A place where stock lies: a hall, a warehouse. 营业厅或仓库 */
export type StockPlace = {
  /** Short code, unique: cd-01. */
  code: Scalars['String']['output'];
  /** Its name as people say it. */
  name: Scalars['String']['output'];
};

/** One unit of stock. 资源 */
export type Resource = {
  /** Its id, for ever. */
  resourceId: Scalars['ID']['output'];
  /** What it is. */
  kind: StockKind;
  /** What people know it by: number, ICCID, serial. Unique within its kind. */
  value: Scalars['String']['output'];
  /** The IMSI of a SIM; null for other kinds. */
  imsi: Maybe<Scalars['String']['output']>;
  /** The grade of a number; null for other kinds. */
  grade: Maybe<NumberGrade>;
  /** Where it stands. */
  state: StockState;
  /** The order that holds or owns it; null while it belongs to none. */
  orderId: Maybe<Scalars['ID']['output']>;
  /** Until when it is held or rests, business time; null in other states. */
  until: Maybe<Scalars['DateTime']['output']>;
  /** Where it lies, or lay when it was sold. */
  place: StockPlace;
};

/** How many units of a kind lie at a place in a state. 库存量 */
export type StockLevel = {
  /** Where. */
  place: StockPlace;
  /** What. */
  kind: StockKind;
  /** In which state. */
  state: StockState;
  /** How many. */
  count: Scalars['Int']['output'];
};

/** What came in. 入库单 */
export type StockReceipt = {
  /** What. */
  kind: StockKind;
  /** Where it lies now. */
  placeCode: Scalars['String']['output'];
  /** How many units. */
  count: Scalars['Int']['output'];
  /** Value of the first unit as it is stored. */
  first: Scalars['String']['output'];
  /** Value of the last unit as it is stored. */
  last: Scalars['String']['output'];
};

/** Where a page of a list ends. */
export type PageInfo = {
  /** Whether another page follows. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Give it as `after` to get the next page; null on an empty page. */
  endCursor: Maybe<Scalars['String']['output']>;
};

/** A page of resources. */
export type ResourceConnection = {
  /** The resources of this page. */
  edges: Array<ResourceEdge>;
  /** Where the page ends. */
  pageInfo: PageInfo;
};

/** A resource in a page. */
export type ResourceEdge = {
  /** Where this resource stands in the list. */
  cursor: Scalars['String']['output'];
  /** The resource. */
  node: Resource;
};

/** A new place. */
export type OpenStockPlaceInput = {
  /** 2 to 32 small letters, digits and hyphens: cd-01. */
  code: Scalars['String']['input'];
  /** Its name as people say it, 1 to 80 characters. */
  name: Scalars['String']['input'];
};

/** A run of consecutive values that comes in. */
export type AddStockInput = {
  /** What. */
  kind: StockKind;
  /** The first value: a number in any spelling, an ICCID with its check digit, the serial of a terminal (four letters and eight hexadecimal digits) or of a set-top box (ending in eight digits). */
  first: Scalars['String']['input'];
  /** The IMSI of the first SIM, 15 digits from 460; needed for SIMs, the following ones count up. */
  firstImsi?: InputMaybe<Scalars['String']['input']>;
  /** How many units, 1 to 50000. */
  count: Scalars['Int']['input'];
  /** Where they lie; the place must have been opened. */
  placeCode: Scalars['String']['input'];
};

export type Query = {
  /** A unit of stock by its value, a number in any spelling; null when it is not in stock. Counter and operations. */
  resource: Maybe<Resource>;
  /** Free numbers in ascending order, by a pattern that the customer likes. Counter and operations. */
  availableNumbers: ResourceConnection;
  /** How much of everything lies where, in which state. Counter and operations. */
  stockLevels: Array<StockLevel>;
  /** Every place where stock may lie. Counter and operations. */
  stockPlaces: Array<StockPlace>;
};


export type QueryResourceArgs = {
  value: Scalars['String']['input'];
  kind?: InputMaybe<StockKind>;
};


export type QueryAvailableNumbersArgs = {
  kind?: NumberKind;
  pattern?: InputMaybe<Scalars['String']['input']>;
  placeCode?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryStockLevelsArgs = {
  placeCode?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  /** Opens a place where stock may lie. Operations. Refused with place_already_open. */
  openStockPlace: StockPlace;
  /** Takes a whole range into stock, or nothing of it. Operations. Refused with stock_already_known, place_not_found, iccid_invalid, imsi_invalid, number_invalid, serial_invalid, range_overflow, stock_count_invalid. */
  addStock: StockReceipt;
};


export type MutationOpenStockPlaceArgs = {
  input: OpenStockPlaceInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationAddStockArgs = {
  input: AddStockInput;
  idempotencyKey: Scalars['String']['input'];
};
