// Sends requests to one world and reads answers and refusals.
import type { JsonObject } from './signing.js';

/** What a message or an answer holds; its fields are those of /api/openapi.json. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Message = { [name: string]: any };

// Longer than the longest wait of the payment service.
const TIMEOUT_MS = 30_000;

// A request that got no answer is sent again as it was: messages carry a request_id, so it is done once.
const ATTEMPTS = 3;

const LARGEST_ANSWER = 8 * 2 ** 20;

/** An answer that is an error, with the stable code of docs/errors.md. */
export class Refused extends Error {
  readonly code: string;
  readonly remedy: string;

  constructor(
    method: string,
    address: string,
    readonly status: number,
    readonly body: Message | undefined,
  ) {
    const details = body?.['error']?.details ?? body ?? {};
    const said = body?.['error']?.message ?? body?.['detail'] ?? 'no explanation';
    super(`${method} ${address} answered ${status} ${details.code ?? ''}: ${said} ${details.remedy ?? ''}`.trimEnd());
    this.code = details.code ?? '';
    this.remedy = details.remedy ?? '';
  }
}

/** No attempt was answered. What was asked for may have happened: the same message finds out. */
export class NoAnswer extends Error {}

/** An answer of any status. */
export interface Answer {
  status: number;
  headers: Headers;
  content: Buffer;
}

export interface Options {
  key?: string | undefined;
  body?: Message | undefined;
  headers?: Record<string, string>;
}

/** Reads a body as JSON; undefined if it is not JSON. */
export function json(answer: Answer): Message | undefined {
  try {
    return JSON.parse(answer.content.toString('utf8')) as Message;
  } catch {
    return undefined;
  }
}

/** The address of a world, such as http://localhost:8080/w/mine. */
export class World {
  readonly address: string;

  constructor(address: string) {
    this.address = address.replace(/\/+$/, '');
  }

  at(path: string): string {
    return path.startsWith('http') ? path : this.address + path;
  }

  /** Sends a request until it is answered, at most three times, and returns an answer of any status. */
  async send(method: string, path: string, { key, body, headers = {} }: Options = {}): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await fetch(this.at(path), {
          method,
          headers: {
            Accept: 'application/json',
            ...(body && { 'Content-Type': 'application/json' }),
            ...(key && { Authorization: `Bearer ${key}` }),
            ...headers,
          },
          // Bills and proofs belong to one address, so a redirect is an answer like any other.
          redirect: 'manual',
          signal: AbortSignal.timeout(TIMEOUT_MS),
          ...(body && { body: JSON.stringify(body) }),
        });
        return { status: answer.status, headers: answer.headers, content: await limited(answer) };
      } catch (failed) {
        if (attempt === ATTEMPTS) {
          throw new NoAnswer(`${method} ${path} was not answered: ${String(failed)}`, { cause: failed });
        }
        await new Promise((resolve) => setTimeout(resolve, 200 * attempt));
      }
    }
  }

  /** Sends a request and returns the JSON of a successful answer; throws Refused for any other. */
  async json(method: string, path: string, options: Options = {}): Promise<Message> {
    const answer = await this.send(method, path, options);
    if (answer.status < 200 || answer.status > 299) {
      throw new Refused(method, path, answer.status, json(answer));
    }
    return json(answer) ?? {};
  }
}

/** Makes a world of one's own at a server such as http://localhost:8080; its keys are told this once. */
export async function createWorld(server: string, settings: JsonObject): Promise<{ world: World; made: Message }> {
  const made = await new World(server).json('POST', '/api/worlds', { body: settings });
  return { world: new World(`${server.replace(/\/+$/, '')}/w/${made['world']}`), made };
}

async function limited(answer: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = answer.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    parts.push(part.value);
    size += part.value.length;
    if (size > LARGEST_ANSWER) {
      await reader?.cancel();
      throw new Error('the answer is larger than 8 MiB');
    }
  }
  return Buffer.concat(parts);
}
