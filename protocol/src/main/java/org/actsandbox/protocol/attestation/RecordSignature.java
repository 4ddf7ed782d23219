package org.actsandbox.protocol.attestation;

import java.util.List;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;

/**
 * A participant's signature over a record (ACT TSD-3).
 *
 * @param signerId a key of one of the participants
 * @param signatureValue base64url
 * @param coveredFields always the five that the standard names, in its order
 */
public record RecordSignature(
    String signerId, String signatureType, String signatureValue, List<String> coveredFields)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    mistakes.text("signature_value", signatureValue, 1024);
  }

  /** The fields that every signature covers. */
  public static final List<String> COVERED =
      List.of("event_body", "participants", "salt", "record_id", "business_time");
}
