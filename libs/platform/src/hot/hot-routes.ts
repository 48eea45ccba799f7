import type { Role } from '@ronghe/contracts';

/** What a hot route answers. The body is JSON, problem details from status 400 on; null: none. */
export interface HotAnswer {
  status: number;
  body: string | null;
  /** The name of what was created, below the routes' prefix; null: nothing was. */
  created: string | null;
}

/** One route: reads what it is asked for, which is plain data, as it may cross to another thread. */
export interface HotRoute<Asked = unknown> {
  /** Its name in metrics. */
  route: string;
  /** What is asked for, or what is answered to what cannot be. */
  read(body: unknown): { asked: Asked } | { answer: HotAnswer };
}

/** Routes for POST that are asked for thousands of times a second, beside a controller that answers the same. */
export interface HotRoutes<Asked = unknown> {
  /** Paths begin with it. */
  prefix: string;
  roles: readonly Role[];
  /** Who reads the rest of a path; null: it is the controller's. */
  find(rest: string): HotRoute<Asked> | null;
}

/** Hot routes with who answers what they read. */
export interface HotService<Asked = unknown> {
  routes: HotRoutes<Asked>;
  /** The file that exports the routes as `hotRoutes`: a thread of its own loads it. */
  file: string;
  /** It never rejects. */
  answer(asked: Asked): Promise<HotAnswer>;
}
