// Made by `npm run generate` from ../identity.graphql: do not edit.

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
  /** Who is signed in. */
  me: Staff;
  /** Members of staff by user name. */
  staff: StaffConnection;
};


export type QueryStaffArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  /** Signs in. Ten failures within 15 minutes lock the name. */
  signIn: Session;
  /** Creates a member of staff. */
  createStaff: Staff;
  /** Bars a member of staff from signing in. Tokens that are out stay valid until they expire. */
  disableStaff: Staff;
};


export type MutationSignInArgs = {
  username: Scalars['String']['input'];
  password: Scalars['String']['input'];
};


export type MutationCreateStaffArgs = {
  input: CreateStaffInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationDisableStaffArgs = {
  staffId: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
};

/** What a sign-in gives. */
export type Session = {
  /** Send it with each request: `Authorization: Bearer …`. */
  accessToken: Scalars['String']['output'];
  /** For how many seconds the token is valid. */
  expiresInSeconds: Scalars['Int']['output'];
  /** Who has signed in. */
  staff: Staff;
};

/** Somebody who signs in: an employee of ours or of a partner. */
export type Staff = {
  /** Id, a UUID; the actor on everything that they do. */
  staffId: Scalars['ID']['output'];
  /** The name to sign in with. */
  username: Scalars['String']['output'];
  /** The name to show. */
  displayName: Scalars['String']['output'];
  /** What they may do. */
  roles: Array<Role>;
  /** When they were created, business time. */
  createdAt: Scalars['DateTime']['output'];
  /** From when they may not sign in any more, business time; null while they may. */
  disabledAt: Maybe<Scalars['DateTime']['output']>;
};

/** A page of staff. */
export type StaffConnection = {
  /** The members of staff with their cursors. */
  edges: Array<StaffEdge>;
  /** Whether more follow. */
  pageInfo: PageInfo;
};

/** A member of staff on a page. */
export type StaffEdge = {
  /** Give it as `after` to continue behind this one. */
  cursor: Scalars['String']['output'];
  /** The member of staff. */
  node: Staff;
};

/** Where a page ends. */
export type PageInfo = {
  /** Whether there is a page after this one. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Give it as `after` for the next page; null on an empty page. */
  endCursor: Maybe<Scalars['String']['output']>;
};

/** What a member of staff or a partner may do. */
export type Role =
  /** Serves customers: registers, sells, takes payments. */
  | 'COUNTER'
  /** Runs bills and works on what went wrong with them. */
  | 'BILLING'
  /** Runs the installation: staff, catalog, clock, audit. */
  | 'OPERATIONS'
  /** A partner's system or salesperson. */
  | 'PARTNER';

/** A member of staff to create. */
export type CreateStaffInput = {
  /** The name to sign in with: 2 to 40 of a–z, 0–9, dot, dash and underscore. */
  username: Scalars['String']['input'];
  /** The name to show, 1 to 100 characters. */
  displayName: Scalars['String']['input'];
  /** At least 12 characters, without the user name in it. */
  password: Scalars['String']['input'];
  /** What they may do. */
  roles: Array<Role>;
};
