// Whether both versions answer alike.
import { createHash } from 'node:crypto';
import { Failure } from './failure.mjs';
import { tour } from './requests.mjs';

/** The headers that the service decides; `date` and those of the connection are the server's own. */
const compared = ['content-type', 'content-length', 'content-disposition'];

/** Sends the tour to both; gives back what either answered. */
export async function compareAnswers(before, after) {
  const answers = [];
  for (const request of tour) {
    const expected = fingerprint(await before.send(request));
    checkAnswer(request, expected, fingerprint(await after.send(request)));
    answers.push({ request, expected });
  }
  return answers;
}

export function checkAnswer({ method = 'GET', path }, expected, given) {
  if (given !== expected) throw new Failure(`${method} ${path} is answered differently\n  expected ${expected}\n  given    ${given}`);
}

/** One line that is equal for equal answers, and still says something when it is not. */
export function fingerprint({ status, headers, body }) {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 16);
  return [status, ...compared.map((name) => `${name}: ${headers[name] ?? '-'}`), `body: ${hash} (${body.length} bytes)`].join(', ');
}
