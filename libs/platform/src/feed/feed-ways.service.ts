import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PeerClient } from '../command/peer-client.service';
import { AfterCommit } from '../host/after-commit.service';

/** How a feed is reached and woken. */
@Injectable()
export class FeedWays {
  constructor(
    readonly dataSource: DataSource,
    readonly peers: PeerClient,
    readonly afterCommit: AfterCommit,
  ) {}
}
