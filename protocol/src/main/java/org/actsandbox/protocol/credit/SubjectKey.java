package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A subject’s public key, for the inner signature.
 *
 * @param format {@code pem-spki}
 * @param value the SubjectPublicKeyInfo in PEM
 */
public record SubjectKey(@JsonProperty("keyId") String keyId, String format, String value) {}
