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
 * What a party says to a claim, signed with its own key.
 *
 * @param says in its words; data, never looked at by anything that decides; empty with a code
 * @param code what it says, for whoever has words for it in the reader's language; null for who
 *     speaks in its own
 * @param details what the code is about: times, numbers, states
 * @param recordIds the records it offers
 * @param papers digests of the papers it shows
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

  public static final int MAX_SAYS = 1_000;

  /** Ours: enough for a sentence. */
  public static final int MAX_DETAILS = 10;

  /** Ours: a party has two or three records of an order. */
  public static final int MAX_RECORDS = 20;

  /** Messages come from outside: what is missing there is not null here. */
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
