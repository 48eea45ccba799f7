import { Body, Controller, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { isId } from '@ronghe/kernel';
import { Roles } from '@ronghe/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChargingProblemFilter } from './charging-problem.service';
import { readChargingRequest } from './charging-data';
import type { SessionAnswer } from './charging-answer';
import { ChargingRefusal } from './charging-refusal';
import { CHARGING_DATA } from './charging-routes.adapter';
import { laneOfSession } from './session';
import { Sessions } from './session.service';

/** Nchf_ConvergedCharging (TS 32.291) for network functions. */
@Controller(CHARGING_DATA)
@UseFilters(ChargingProblemFilter)
export class ChargingDataController {
  constructor(private readonly sessions: Sessions) {}

  @Post()
  @Roles('partner', 'operations')
  async create(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answer = await this.sessions.create(readChargingRequest(body, 'create'));
    if (answer.status === 201 && answer.sessionId) {
      void reply.header(
        'location',
        `${request.protocol}://${request.host}/${CHARGING_DATA}/${answer.sessionId}`,
      );
    }
    await send(reply, answer);
  }

  @Post(':reference/update')
  @Roles('partner', 'operations')
  async update(
    @Param('reference') reference: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    assertReference(reference);
    await send(reply, await this.sessions.update(reference, readChargingRequest(body, 'update')));
  }

  @Post(':reference/release')
  @Roles('partner', 'operations')
  async release(
    @Param('reference') reference: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    assertReference(reference);
    await send(reply, await this.sessions.release(reference, readChargingRequest(body, 'release')));
  }
}

/** What can be no session's name is not there, whatever the request says. @throws ChargingRefusal CONTEXT_NOT_FOUND */
function assertReference(reference: string): void {
  if (!isId(reference.toLowerCase()) || laneOfSession(reference) === null)
    throw new ChargingRefusal(404, 'CONTEXT_NOT_FOUND', 'there is no such open session');
}

async function send(reply: FastifyReply, { status, body }: SessionAnswer): Promise<void> {
  const type = status >= 400 ? 'application/problem+json' : 'application/json; charset=utf-8';
  if (body === null) await reply.status(status).send();
  else await reply.status(status).header('content-type', type).send(body);
}
