package org.actsandbox.sandbox.doctor.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * Is one way to read the text of a signature as bytes.
 *
 * @param cause the mistake of which this reading is the repair; null for the right form
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record SignatureReading(@Nullable SignatureCause cause, byte[] bytes) {}
