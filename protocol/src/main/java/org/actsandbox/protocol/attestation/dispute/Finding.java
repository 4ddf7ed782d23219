package org.actsandbox.protocol.attestation.dispute;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.verification.VerificationResult;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * The decision of a dispute with its reasons, signed by the dispute service (ACT TSD-6).
 *
 * @param exhibits every record that a party offered, with its verification result
 * @param refund decimal string; null if nothing is refunded
 */
public record Finding(
    String disputeId,
    String orderNo,
    DisputeKind kind,
    DisputeOutcome outcome,
    List<Reason> reasons,
    List<Exhibit> exhibits,
    @Nullable String refund,
    String currency,
    Instant decidedAt,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {

  /** Refuses a finding that lacks a required member, because findings come from outside. */
  public Finding {
    Objects.requireNonNull(disputeId);
    Objects.requireNonNull(orderNo);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(outcome);
    Objects.requireNonNull(currency);
    Objects.requireNonNull(decidedAt);
    reasons = List.copyOf(reasons);
    exhibits = List.copyOf(exhibits);
  }

  /**
   * One reason of the decision.
   *
   * @param data values for the sentence that explains the code: amounts, names, digests
   * @param recordId the record that shows it
   */
  public record Reason(Code code, Map<String, String> data, @Nullable String recordId) {

    public Reason {
      Objects.requireNonNull(code);
      data = new TreeMap<>(data);
    }

    public static Reason of(Code code, Map<String, String> data) {
      return new Reason(code, data, null);
    }
  }

  /**
   * A record that a party offered.
   *
   * @param detail the reason why it is not verified or does not count; null if it counts
   */
  public record Exhibit(
      String recordId,
      Did offeredBy,
      @Nullable EventType event,
      @Nullable VerificationResult result,
      @Nullable String detail) {

    public Exhibit {
      Objects.requireNonNull(recordId);
      Objects.requireNonNull(offeredBy);
    }
  }

  /** Lists the reasons of decisions; the console has a sentence for each. */
  public enum Code {
    // Defects of a party's evidence
    PARTY_SILENT,
    RECORD_UNKNOWN,
    RECORD_NOT_VERIFIED,
    RECORD_OF_ANOTHER_PARTY,
    RECORD_OF_ANOTHER_ORDER,
    RECORD_MISSING,
    PAPER_MISSING,
    PAPER_NOT_ATTESTED,
    // Facts that the evidence shows
    DELIVERED,
    ITEM_MATCHES,
    ITEM_DIFFERS,
    APPROVED_BY_PRINCIPAL,
    APPROVAL_NOT_BY_PRINCIPAL,
    WITHIN_AUTHORITY,
    OUTSIDE_AUTHORITY,
    AMOUNTS_AGREE,
    AMOUNTS_DIFFER,
    EXPECTED_AMOUNT_BELIEVED,
    // About the refund
    NOTHING_LEFT_TO_REFUND,
    // An outage, which counts against no party
    VERIFICATION_UNAVAILABLE;

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Code of(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }
}
