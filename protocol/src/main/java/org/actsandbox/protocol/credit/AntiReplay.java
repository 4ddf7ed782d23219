package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Makes a message unique; it has at least one of the two.
 *
 * @param nonce 16 to 256 characters, accepted once
 * @param idempotencyKey 8 to 256 characters; a repetition of the same message gets the same answer
 */
public record AntiReplay(
    @Nullable String nonce, @JsonProperty("idempotencyKey") @Nullable String idempotencyKey) {}
