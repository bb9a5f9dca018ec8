import type { ResponseApdu } from '../../../../standards/apdu/response';
import { Inputs } from '../inputs';

const DONE = 0x9000;

/** Answers with their status words; where the file leaves them away they are 9000. */
export function responsesOf(inputs: Inputs): readonly ResponseApdu[] {
  const bare = inputs.optionalHex('get_eid_wrapped_response_without_sw');
  if (bare !== undefined) return [{ data: bare, sw: DONE }];
  if (!inputs.has('wrapped_responses', 'wrapped_response')) return [];
  const texts = inputs.texts('wrapped_responses', 'wrapped_response');
  const withStatus = texts.every((text) => /(9000|6[1-9A-F][0-9A-F]{2})$/i.test(text));
  return texts.map((text) => {
    const bytes = new Inputs({ wrapped_response: text }).hex('wrapped_response');
    if (!withStatus) return { data: bytes, sw: DONE };
    const [high = 0, low = 0] = bytes.subarray(-2);
    return { data: bytes.subarray(0, -2), sw: high * 0x100 + low };
  });
}
