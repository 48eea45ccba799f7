import {
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  type OnModuleInit,
  type RawBodyRequest,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DomainError } from '@ronghe/kernel';
import { Public, Roles } from '@ronghe/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GatewayService, type CallbackAnswer } from './gateway.service';
import { StatementService } from './statement.service';
import type { StatementFile } from './statement.store';

/** The largest statement. */
const STATEMENT_BYTES_MAXIMUM = 4 * 1024 * 1024;

/** Payments that come from outside: bank statements, and what gateways report. */
@Controller('payments')
export class PaymentsController implements OnModuleInit {
  constructor(
    private readonly statements: StatementService,
    private readonly gateways: GatewayService,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  /** CSV comes as a stream where charging is in the process, and does so too where it is not. */
  onModuleInit(): void {
    const fastify = this.adapterHost.httpAdapter.getInstance<FastifyInstance>();
    if (fastify.hasContentTypeParser('text/csv')) return;
    fastify.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));
  }

  /** Imports a bank statement, CSV in UTF-8, by the mapping that `source` names. The same file, or line, again has no effect. */
  @Roles('billing', 'operations')
  @Post('statements')
  @HttpCode(200)
  async importStatement(
    @Req() request: FastifyRequest,
    @Query('source') source?: string,
    @Query('name') name?: string,
  ): Promise<StatementFile> {
    const content = await textOf(request.body);
    return this.statements.import({ source: source ?? '', name: (name ?? '').slice(0, 200), content });
  }

  /** The latest statements, newest first; while one is imported, `taken` of `toTake` tells how far it is. */
  @Roles('billing', 'operations')
  @Get('statements')
  statementList(): Promise<StatementFile[]> {
    return this.statements.latest();
  }

  /** What became of a statement's lines. */
  @Roles('billing', 'operations')
  @Get('statements/:fileId')
  statement(@Param('fileId') fileId: string): Promise<StatementFile> {
    return this.statements.get(fileId);
  }

  /** A payment that a gateway reports; signed, so nobody signs in. */
  @Public()
  @Post('callbacks/:gateway')
  @HttpCode(200)
  callback(
    @Param('gateway') gateway: string,
    @Req() request: RawBodyRequest<FastifyRequest>,
    @Headers('x-ronghe-timestamp') timestamp?: string,
    @Headers('x-ronghe-signature') signature?: string,
  ): Promise<CallbackAnswer> {
    const bytes = request.rawBody?.toString('utf8') ?? '';
    const signed = { timestamp: timestamp ?? '', signature: signature ?? '', bytes };
    return this.gateways.receive(gateway, signed, request.body);
  }
}

async function textOf(body: unknown): Promise<string> {
  if (typeof body === 'string') return body;
  if (!body || typeof body !== 'object' || !(Symbol.asyncIterator in body)) {
    throw new DomainError('statement_unreadable', 'invalid', 'send the statement as text/csv');
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > STATEMENT_BYTES_MAXIMUM) {
      throw new DomainError('statement_unreadable', 'invalid', 'the statement is larger than 4 MiB');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
