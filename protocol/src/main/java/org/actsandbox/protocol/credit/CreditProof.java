package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A signature under a message. {@link CreditProjection} says which bytes it covers.
 *
 * @param keyId the key that signed; ours: a proof without it is not verified, because it names no
 *     key
 * @param signatureValue base64url without padding
 */
public record CreditProof(
    @JsonProperty("signatureAlgorithm") String signatureAlgorithm,
    @JsonProperty("keyId") @Nullable String keyId,
    @JsonProperty("signatureValue") String signatureValue) {}
