package org.actsandbox.protocol.attestation;

import java.util.List;

/**
 * Who answers for a record (ACT TSD-3).
 *
 * @param signerId a key of one of the participants
 * @param signatureValue base64url
 * @param coveredFields always the five the standard names, in its order
 */
public record RecordSignature(
    String signerId, String signatureType, String signatureValue, List<String> coveredFields) {

  /** What every signature covers. */
  public static final List<String> COVERED =
      List.of("event_body", "participants", "salt", "record_id", "business_time");
}
