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
 * Lists the documents that a party shows besides its records. A document counts if a verified
 * record has its digest.
 */
public enum EvidenceDocument {
  ORDER(EventType.CART_CONFIRMED, "order_digest"),
  DELIVERY(EventType.FULFILLMENT_COMPLETED, "delivery_digest"),
  APPROVAL(EventType.TRANSACTION_COMPLETED, "approval_digest"),
  /** The content that the principal approved; its digest is in the approval, not in a record. */
  APPROVAL_CONTENT(EventType.TRANSACTION_COMPLETED, ""),
  PROOF(EventType.TRANSACTION_COMPLETED, "proof_digest"),
  /** The paid bill; its merchant has signed it, and no record has its digest. */
  BILL(EventType.TRANSACTION_COMPLETED, ""),
  CREDENTIAL(EventType.DELEGATION_ISSUED, "iac_digest"),
  AUTHORITY(EventType.DELEGATION_ISSUED, "approval_digest");

  /** Ours: the report of a service is the longest document that a merchant delivers. */
  public static final int MAX_CHARS = 128 * 1024;

  private final EventType attestedBy;
  private final String digestField;

  EvidenceDocument(EventType attestedBy, String digestField) {
    this.attestedBy = attestedBy;
    this.digestField = digestField;
  }

  /** Returns the event of the record that has the digest of this document. */
  public EventType attestedBy() {
    return attestedBy;
  }

  /**
   * Computes the digest of a document: of orders and approved content in canonical form, so that
   * the spelling of the JSON does not matter; of all other documents byte for byte.
   *
   * @throws tools.jackson.core.JacksonException if an order or approved content is not JSON
   */
  public String digest(String text) {
    return RequestFingerprint.digest(
        switch (this) {
          case ORDER, APPROVAL_CONTENT -> CanonicalJson.bytes(Json.parse(text));
          case BILL, DELIVERY, APPROVAL, PROOF, CREDENTIAL, AUTHORITY ->
              text.getBytes(StandardCharsets.UTF_8);
        });
  }

  public boolean isAttestedBy(OffChainRecord record, String digest) {
    return !digestField.isEmpty()
        && record.eventType() == attestedBy
        && record.eventBody().path(digestField).asString("").equals(digest);
  }

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is no document of that code
   */
  @JsonCreator
  public static EvidenceDocument of(String code) {
    return Arrays.stream(values())
        .filter(each -> each.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such paper: " + code));
  }
}
