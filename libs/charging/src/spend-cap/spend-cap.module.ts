import { ProductSpendCapResolver, SpendCapResolver } from './spend-cap.resolver';
import { SpendCaps } from './spend-caps.service';

/** Providers of spend caps. */
export const spendCapProviders = [SpendCaps, ProductSpendCapResolver, SpendCapResolver];
