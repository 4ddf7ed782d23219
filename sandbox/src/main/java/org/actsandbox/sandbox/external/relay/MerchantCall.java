package org.actsandbox.sandbox.external.relay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Represents one call that a world made to a merchant from outside.
 *
 * @param at time by the world's clock
 * @param target the address that was called
 * @param status HTTP status; 0 if there was no answer
 * @param millis real time until the answer was there, or until it was given up
 * @param problem why there was no answer; null if there was one
 */
public record MerchantCall(
    Instant at, String method, String target, int status, long millis, @Nullable String problem) {}
