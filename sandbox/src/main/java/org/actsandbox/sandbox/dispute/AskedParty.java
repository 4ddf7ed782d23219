package org.actsandbox.sandbox.dispute;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.dispute.EvidenceDocument;
import org.actsandbox.protocol.attestation.dispute.PartyStatement;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Represents a party that is asked for evidence in a dispute, and its answer.
 *
 * @param why the party has not answered, as far as that is known
 * @param signed the party's signed statement, byte for byte
 * @param documents the documents that the party sent besides records
 * @param told whether the party was told the finding
 */
public record AskedParty(
    int place,
    Did party,
    Party.Role role,
    Answer answer,
    @Nullable String why,
    @Nullable String signed,
    Map<EvidenceDocument, String> documents,
    @Nullable Instant receivedAt,
    boolean told) {

  /** Lists the states of an answer; a party is silent when it has not answered by the deadline. */
  public enum Answer {
    WAITING,
    ANSWERED,
    SILENT;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public AskedParty {
    documents = Map.copyOf(documents);
  }

  static AskedParty waiting(int place, Did party, Party.Role role) {
    return new AskedParty(place, party, role, Answer.WAITING, null, null, Map.of(), null, false);
  }

  public @Nullable PartyStatement statement() {
    return signed == null ? null : Json.read(signed, PartyStatement.class);
  }
}
