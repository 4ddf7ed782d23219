package org.actsandbox.sandbox.key;

import java.time.Instant;
import org.actsandbox.protocol.identity.Did;

/**
 * What the payment service found when it compared a payment PIN: the only thing that releases the
 * principal's key.
 *
 * @param principal whose PIN it was: it releases nobody else's key
 * @param purpose what the signature is for, such as {@code approve T-7Q2K9XWD3M}
 */
public record PinCheckResult(boolean passed, Did principal, String purpose, Instant at) {}
