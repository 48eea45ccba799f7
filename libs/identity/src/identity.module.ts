import { Module } from '@nestjs/common';
import { PlatformModule } from '@ronghe/platform';
import { DemoStaffService } from './demo-staff.service';
import { IdentityAudit } from './identity-audit.service';
import { SignInController } from './sign-in.controller';
import { SignInResolver } from './sign-in.resolver';
import { SignInService } from './sign-in.service';
import { StaffResolver } from './staff.resolver';
import { StaffService } from './staff.service';
import { SignInGuardStore, StaffStore } from './staff.store';

/** The identity domain's providers. */
@Module({
  imports: [PlatformModule.forDomain('identity')],
  providers: [
    StaffStore,
    SignInGuardStore,
    StaffService,
    SignInService,
    DemoStaffService,
    IdentityAudit,
    StaffResolver,
    SignInResolver,
  ],
  controllers: [SignInController],
})
export class IdentityModule {}
