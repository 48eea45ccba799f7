import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import {
  commandFlow,
  eventFlow,
  queryFlow,
  type CommandName,
  type DomainName,
  type EventType,
  type QueryName,
} from '@ronghe/contracts';
import { HostedDomains } from '../host/hosted-domains';
import { handlerMarks, type HandlerKind, type HandlerMark } from './decorators';

/** A handler method, bound to its provider. */
export interface Handler {
  domain: DomainName;
  kind: HandlerKind;
  name: string;
  /** `Provider.method`, for logs. */
  label: string;
  takesMany: boolean;
  invoke: (...args: unknown[]) => unknown;
}

/** Every decorated method of the hosted domains, checked against `flow.ts` when the host starts. */
@Injectable()
export class HandlerRegistry {
  private readonly handlers: Handler[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly hosted: HostedDomains,
  ) {}

  /** Finds the handlers. @throws Error on a handler that the flow does not allow, or two for one command. */
  discover(): void {
    for (const wrapper of [...this.discovery.getProviders(), ...this.discovery.getControllers()]) {
      const domain = this.hosted.domainOfModule(wrapper.host?.metatype);
      const instance = wrapper.instance as object | undefined;
      if (!domain || !instance || !wrapper.isDependencyTreeStatic()) continue;
      for (const method of this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object)) {
        const invoke = (instance as Record<string, unknown>)[method];
        if (typeof invoke !== 'function') continue;
        for (const mark of handlerMarks(invoke)) {
          this.add(
            domain,
            mark,
            `${instance.constructor.name}.${method}`,
            invoke.bind(instance) as Handler['invoke'],
          );
        }
      }
    }
  }

  all(kind: HandlerKind, domain?: DomainName): Handler[] {
    return this.handlers.filter((handler) => handler.kind === kind && (!domain || handler.domain === domain));
  }

  /** The one handler of a command, query, job or schedule; undefined where this host has none. */
  find(kind: HandlerKind, name: string): Handler | undefined {
    return this.handlers.find((handler) => handler.kind === kind && handler.name === name);
  }

  private add(domain: DomainName, mark: HandlerMark, label: string, invoke: Handler['invoke']): void {
    assertAllowed(domain, mark, label);
    if (['command', 'query', 'job', 'due'].includes(mark.kind) && this.find(mark.kind, mark.name)) {
      throw new Error(`${label}: ${mark.kind} ${mark.name} has a handler already`);
    }
    const { kind, name, takesMany = false } = mark;
    this.handlers.push({ domain, kind, name, label, takesMany, invoke });
  }
}

/** Holds a handler to the flow that `contracts` declares. @throws Error naming the handler and what is allowed. */
export function assertAllowed(domain: DomainName, mark: HandlerMark, label: string): void {
  const refuse = (why: string): never => {
    throw new Error(`${label} in ${domain} may not handle ${mark.kind} ${mark.name}: ${why}`);
  };
  switch (mark.kind) {
    case 'event': {
      const flow = eventFlow[mark.name as EventType];
      if (!flow.consumers.includes(domain))
        refuse(`its consumers are ${flow.consumers.join(', ') || 'none'}`);
      return;
    }
    case 'command':
      if (commandFlow[mark.name as CommandName].owner !== domain) refuse('another domain owns it');
      return;
    case 'query':
      if (queryFlow[mark.name as QueryName].owner !== domain) refuse('another domain owns it');
      return;
    case 'job':
    case 'due':
    case 'pending-work':
      if (!mark.name.startsWith(`${domain}.`)) refuse('its name must start with the domain');
      return;
    case 'audit':
      return;
  }
}
