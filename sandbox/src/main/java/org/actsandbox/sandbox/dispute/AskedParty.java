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
 * A party that is asked for evidence.
 *
 * @param why it has not answered, as far as that is known
 * @param signed its statement, byte for byte
 * @param papers what it shows besides records
 * @param told whether it has heard the finding
 */
public record AskedParty(
    int place,
    Did party,
    Party.Role role,
    Answer answer,
    @Nullable String why,
    @Nullable String signed,
    Map<EvidenceDocument, String> papers,
    @Nullable Instant receivedAt,
    boolean told) {

  /** Silent is who has not answered by the deadline. */
  public enum Answer {
    WAITING,
    ANSWERED,
    SILENT;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public AskedParty {
    papers = Map.copyOf(papers);
  }

  static AskedParty waiting(int place, Did party, Party.Role role) {
    return new AskedParty(place, party, role, Answer.WAITING, null, null, Map.of(), null, false);
  }

  public @Nullable PartyStatement statement() {
    return signed == null ? null : Json.read(signed, PartyStatement.class);
  }
}
