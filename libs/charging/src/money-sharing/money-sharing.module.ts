import {
  AccountMoneySharingResolver,
  MoneySharingResolver,
  MoneySharingUseResolver,
} from './money-sharing.resolver';
import { MoneySharings } from './money-sharings.service';

/** Providers of shared money. */
export const moneySharingProviders = [
  MoneySharings,
  AccountMoneySharingResolver,
  MoneySharingUseResolver,
  MoneySharingResolver,
];
