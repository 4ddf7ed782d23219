package org.actsandbox.sandbox.external.api;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Holds what a merchant says of itself before it takes part.
 *
 * @param reachable whether anything answered at the address
 * @param problem why nothing answered; null if something did
 * @param millis real time that the first answer took
 * @param card the agent card; null if there is none
 * @param didDocument the DID document; null if there is none
 * @param catalog whether it has a catalog
 */
record DiscoveredDocuments(
    boolean reachable,
    @Nullable String problem,
    long millis,
    @Nullable JsonNode card,
    @Nullable JsonNode didDocument,
    boolean catalog) {

  /** Returns the last part of the DID in the card; null if there is none. */
  @Nullable String cardId() {
    var did = card == null ? "" : card.path("agent_id").asString("");
    return did.startsWith("did:act:") ? did.substring("did:act:".length()) : null;
  }

  /** Returns the kind in the card; null if there is none. */
  @Nullable String cardKind() {
    var kind = card == null ? "" : card.path("vertical").asString("");
    return kind.isEmpty() ? null : kind;
  }

  /** Returns the first public key in the DID document; null if there is none. */
  @Nullable JsonNode publishedKey() {
    if (didDocument == null) {
      return null;
    }
    return didDocument
        .path("verificationMethod")
        .valueStream()
        .map(method -> method.path("publicKeyJwk"))
        .filter(JsonNode::isObject)
        .findFirst()
        .orElse(null);
  }
}
