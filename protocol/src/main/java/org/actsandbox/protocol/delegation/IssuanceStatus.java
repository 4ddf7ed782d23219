package org.actsandbox.protocol.delegation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the delegation service says of one credential that it issued, signed as {@code SignedJson}
 * says: that it issued exactly these bytes, which entry of its status lists is theirs, and how the
 * credential stands (ACT ADD-8).
 *
 * @param iacDigest of the compact credential, {@code sha-256:...}
 * @param listId the status list that goes on telling its state
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
