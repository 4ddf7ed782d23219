package org.actsandbox.sandbox.psp.instrument;

import org.jspecify.annotations.Nullable;

/**
 * Represents the state of a principal's PIN: attempts left, or time until the lock ends.
 *
 * @param lockedMinutes full minutes until the lock ends by the machine's clock, rounded up; absent
 *     while the PIN is not locked
 */
public record PinState(int attemptsLeft, @Nullable Long lockedMinutes) {}
