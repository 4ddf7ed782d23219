package org.actsandbox.protocol.attestation.dispute;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * A party's answer to an evidence request: its signed statement, and the documents that the
 * statement lists by their digests.
 *
 * @param statement exactly as it was signed, see {@link PartyStatement}
 */
public record EvidenceResponse(ObjectNode statement, Map<EvidenceDocument, String> papers) {

  public EvidenceResponse {
    Objects.requireNonNull(statement);
    papers = new TreeMap<>(papers);
  }
}
