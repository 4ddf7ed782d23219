package org.actsandbox.sandbox.key;

import java.time.Instant;
import org.actsandbox.protocol.identity.Did;

/**
 * Represents the payment service's result of comparing a payment PIN, which alone releases the
 * principal's key.
 *
 * @param principal principal to whom the PIN belongs: it releases no other key
 * @param purpose purpose of the signature, such as {@code approve T-7Q2K9XWD3M}
 */
public record PinCheckResult(boolean passed, Did principal, String purpose, Instant at) {}
