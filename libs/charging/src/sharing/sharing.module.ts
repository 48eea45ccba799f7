import { AccountSharingResolver, SharingResolver, SharingUseResolver } from './sharing.resolver';
import { Sharings } from './sharings.service';

/** Sharing's providers. */
export const sharingProviders = [Sharings, AccountSharingResolver, SharingUseResolver, SharingResolver];
