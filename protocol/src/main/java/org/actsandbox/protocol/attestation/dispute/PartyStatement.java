package org.actsandbox.protocol.attestation.dispute;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * A party's answer to a claim, signed with the party's own key.
 *
 * @param says the party's own words; no decision ever depends on them; empty if there is a code
 * @param code the statement as a code, which the reader's page words in the reader's language; null
 *     if the party uses its own words
 * @param details values for the code: times, numbers, states
 * @param recordIds the records that the party offers
 * @param papers digests of the documents that the party shows
 */
public record PartyStatement(
    String disputeId,
    String orderNo,
    Did party,
    Party.Role role,
    String says,
    @Nullable String code,
    Map<String, String> details,
    List<String> recordIds,
    Map<EvidenceDocument, String> papers,
    Instant madeAt,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {

  /** The longest statement, in characters. */
  public static final int MAX_SAYS = 1_000;

  /** Ours: enough for one sentence. */
  public static final int MAX_DETAILS = 10;

  /** Ours: a party has two or three records of an order. */
  public static final int MAX_RECORDS = 20;

  /** Refuses a statement that lacks a required member, because statements come from outside. */
  public PartyStatement {
    Objects.requireNonNull(disputeId);
    Objects.requireNonNull(orderNo);
    Objects.requireNonNull(party);
    Objects.requireNonNull(role);
    Objects.requireNonNull(says);
    Objects.requireNonNull(madeAt);
    details = details == null ? Map.of() : new TreeMap<>(details);
    recordIds = List.copyOf(recordIds);
    papers = new TreeMap<>(papers);
  }
}
