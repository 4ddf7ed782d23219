package org.actsandbox.protocol.attestation.dispute;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;

/**
 * A document a party shows besides its records. It counts for what a verified record says of it:
 * its digest.
 */
public enum EvidenceDocument {
  ORDER(EventType.CART_CONFIRMED, "order_digest"),
  DELIVERY(EventType.FULFILLMENT_COMPLETED, "delivery_digest"),
  APPROVAL(EventType.TRANSACTION_COMPLETED, "approval_digest"),
  /** What the principal saw when approving; its digest stands in the approval, not in a record. */
  APPROVAL_CONTENT(EventType.TRANSACTION_COMPLETED, ""),
  PROOF(EventType.TRANSACTION_COMPLETED, "proof_digest"),
  CREDENTIAL(EventType.DELEGATION_ISSUED, "iac_digest"),
  AUTHORITY(EventType.DELEGATION_ISSUED, "approval_digest");

  /** Ours: a report of a service is the longest thing anybody delivers. */
  public static final int MAX_CHARS = 128 * 1024;

  private final EventType attestedBy;
  private final String field;

  EvidenceDocument(EventType attestedBy, String field) {
    this.attestedBy = attestedBy;
    this.field = field;
  }

  /** The event whose record has its digest. */
  public EventType attestedBy() {
    return attestedBy;
  }

  /**
   * Of an order and of what was approved, whoever spells its JSON how; of all else byte for byte.
   *
   * @throws tools.jackson.core.JacksonException for an order that is no JSON
   */
  public String digest(String text) {
    return RequestFingerprint.digest(
        this == ORDER || this == APPROVAL_CONTENT
            ? CanonicalJson.bytes(Json.parse(text))
            : text.getBytes(StandardCharsets.UTF_8));
  }

  public boolean isAttestedBy(OffChainRecord record, String digest) {
    return !field.isEmpty()
        && record.eventType() == attestedBy
        && record.eventBody().path(field).asString("").equals(digest);
  }

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException for no paper
   */
  @JsonCreator
  public static EvidenceDocument of(String code) {
    return Arrays.stream(values())
        .filter(each -> each.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such paper: " + code));
  }
}
