import type { Provider } from '@nestjs/common';
import { WhatIfRun } from './what-if-run.service';
import { WhatIfResolver } from './what-if.resolver';
import { WhatIfWorker } from './what-if.worker';
import { WhatIfs } from './what-ifs.service';

/** What trials of draft documents add to the charging module. */
export const whatIfProviders: Provider[] = [WhatIfs, WhatIfRun, WhatIfWorker, WhatIfResolver];
