package org.actsandbox.protocol.delegation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The delegation service's signed statement about one credential: that it issued exactly these
 * bytes, which status list entry they have, and the credential's state (ACT ADD-8). {@code
 * SignedJson} defines the signature.
 *
 * @param iacDigest digest of the compact credential, {@code sha-256:...}
 * @param listId the status list that has the state from then on
 * @param index the credential's entry in that list
 */
public record IssuanceStatus(
    String delegationId,
    String iacDigest,
    String listId,
    int index,
    DelegationState state,
    Instant issuedAt,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {}
