import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import multipart, { type MultipartFile } from '@fastify/multipart';
import { instantFromIso, newId } from '@ronghe/kernel';
import { Roles, Transactions, type JsonObject } from '@ronghe/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { chargingError } from '../charging.errors';
import { CloseSourceDto } from './usage.dto';
import { bytesDone, FILE_BYTES_LIMIT, formLimits, type ReportedFile } from './usage-file';
import { UsageFiles } from './usage-file.service';
import { UsageSources, type UsageSourceState } from './usage-source.service';

/** Bodies that are read as they arrive, whatever their size. */
const STREAMED_TYPES = ['text/csv', 'application/octet-stream', 'application/gzip'];

/** Usage files in, their counters out, and the watermark of their sources. */
@Controller('usage')
export class UsageController {
  constructor(
    private readonly files: UsageFiles,
    private readonly sources: UsageSources,
    private readonly transactions: Transactions,
    adapterHost: HttpAdapterHost,
  ) {
    const fastify = adapterHost.httpAdapter.getInstance<FastifyInstance>();
    fastify.addContentTypeParser(STREAMED_TYPES, (_request, payload, done) => done(null, payload));
    void fastify.register(multipart, { limits: formLimits(FILE_BYTES_LIMIT) });
  }

  /**
   * Takes a file of a source: a CSV body, or one file of a multipart form. It is stored whole before the answer and
   * collected afterwards; ask for its counters by its id.
   */
  @Post('files')
  @HttpCode(202)
  @Roles('operations', 'partner')
  async receive(
    @Req() request: FastifyRequest,
    @Query('source') source?: string,
    @Query('name') name?: string,
    @Headers('idempotency-key') key?: string,
  ): Promise<{ fileId: string; state: string }> {
    const part = request.isMultipart() ? await request.file() : undefined;
    const fileId = await this.files.receive({
      source: source ?? '',
      fileName: name ?? part?.filename ?? '',
      idempotencyKey: key ?? null,
      content: contentOf(request, part),
    });
    return { fileId, state: 'received' };
  }

  /** A file with its counters; `collected` and `failed` are ends. */
  @Get('files/:fileId')
  @Roles('operations', 'partner')
  async file(@Param('fileId') fileId: string): Promise<JsonObject> {
    return fileBody(await this.files.find(fileId));
  }

  /** Every source with its watermark. */
  @Get('sources')
  @Roles('operations', 'billing', 'partner')
  async list(): Promise<UsageSourceState[]> {
    return this.transactions.read((tx) => this.sources.list(tx));
  }

  /**
   * Says that a source has delivered everything that started before `through`. The answer's `through` is the watermark
   * now; where files are still being collected it moves as soon as they are finished.
   */
  @Post('sources/:source/close')
  @HttpCode(202)
  @Roles('operations', 'partner')
  async close(
    @Param('source') source: string,
    @Body() body: CloseSourceDto,
    @Headers('idempotency-key') key?: string,
  ): Promise<UsageSourceState> {
    const through = instantFromIso(body.through);
    return this.sources.closeOnce(source, through, key ?? newId());
  }
}

function contentOf(request: FastifyRequest, part: MultipartFile | undefined): AsyncIterable<Buffer> {
  if (part) return part.file;
  const { body } = request;
  if (typeof body === 'string') return oneChunk(body);
  if (body && typeof body === 'object' && Symbol.asyncIterator in body) return body as AsyncIterable<Buffer>;
  throw chargingError('usage_file_empty', 'send the file as text/csv or as a multipart form');
}

async function* oneChunk(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

function fileBody(file: ReportedFile): JsonObject {
  const { fileId, source, fileName, state, reason, read, rated, duplicates, suspended, reconciled } = file;
  const { waiting, combined, recordsPerSecond, secondsLeft } = file;
  const { sizeBytes, contentHash, receivedAt, finishedAt } = file;
  return {
    fileId,
    source,
    fileName,
    state,
    reason,
    read,
    rated,
    duplicates,
    suspended,
    reconciled,
    waiting,
    combined,
    sizeBytes,
    bytesDone: bytesDone(file),
    recordsPerSecond,
    secondsLeft,
    contentHash,
    receivedAt,
    finishedAt,
  };
}
