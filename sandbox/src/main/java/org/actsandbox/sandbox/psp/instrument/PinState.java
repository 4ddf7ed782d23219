package org.actsandbox.sandbox.psp.instrument;

import org.jspecify.annotations.Nullable;

/**
 * What is left of a principal's PIN.
 *
 * @param lockedMinutes full minutes of the machine's clock that the lock still takes, rounded up;
 *     absent while the PIN is not locked
 */
public record PinState(int attemptsLeft, @Nullable Long lockedMinutes) {}
