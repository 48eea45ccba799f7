import { basename } from 'node:path';
import { Injectable } from '@nestjs/common';
import { isDomainError } from '@ronghe/kernel';
import { OnJob, PendingWork, PlatformConfig, SystemClock, type JsonObject } from '@ronghe/platform';
import { findInboxFiles, moveToDone, moveToFailed, readInboxFile, type InboxFile } from './inbox.adapter';
import { UsageFiles } from './usage-file.service';

const NAME_IS_NO_TEXT = 'usage_file_name_invalid: the name of a file is UTF-8';

/**
 * Takes files out of the watched folder `RONGHE_USAGE_INBOX`, which has a folder for each source. A file is stored in the
 * spool and recorded before it is moved; whoever is killed in between finds it again, and it stays one delivery.
 */
@Injectable()
export class UsageInboxWorker {
  constructor(
    private readonly files: UsageFiles,
    private readonly clock: SystemClock,
    private readonly config: PlatformConfig,
  ) {}

  @PendingWork('charging.takeInboxFile')
  async waiting(): Promise<JsonObject[]> {
    const { usageInbox } = this.config;
    if (usageInbox === undefined) return [];
    const found = await findInboxFiles(usageInbox, Date.parse(this.clock.now()));
    return found.map((file) => ({ ...file }));
  }

  @OnJob('charging.takeInboxFile')
  async take(file: InboxFile): Promise<void> {
    const { usageInbox } = this.config;
    if (usageInbox === undefined || !isPlain(file.source) || !isPlain(file.fileName)) return;
    if (file.nameBytes !== undefined) {
      if (isNameOf(file)) await moveToFailed(usageInbox, file, NAME_IS_NO_TEXT);
      return;
    }
    const content = await readInboxFile(usageInbox, file);
    if (!content) return;
    try {
      const fileId = await this.files.receiveOnce({ ...file, content });
      await moveToDone(usageInbox, file, fileId);
    } catch (error) {
      // What another try may get over stays where it is.
      if (!isDomainError(error) || error.kind === 'unavailable') throw error;
      await moveToFailed(usageInbox, file, `${error.code}: ${error.message}`);
    } finally {
      content.destroy();
    }
  }
}

/** A file that has this name, so that its bytes lead out of the folder as little as the name. */
function isNameOf({ fileName, nameBytes = '' }: InboxFile): boolean {
  return Buffer.from(nameBytes, 'hex').toString() === fileName;
}

/** A name, and no way out of the folder. */
function isPlain(name: string): boolean {
  return name !== '' && name === basename(name) && !name.startsWith('.');
}
