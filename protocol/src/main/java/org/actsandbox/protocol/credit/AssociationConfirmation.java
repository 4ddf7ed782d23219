package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;

/**
 * The subject’s confirmation at the issuer. A direct one has the three signature fields, an
 * attested one the reference.
 *
 * @param attestationRef the credit service’s attestation that the subject has confirmed this
 *     application
 */
public record AssociationConfirmation(
    @JsonProperty("confirmationMethod") ConfirmationMethod confirmationMethod,
    @JsonProperty("attestationRef") @Nullable String attestationRef,
    @JsonProperty("subjectPublicKey") @Nullable SubjectKey subjectPublicKey,
    @JsonProperty("subjectSignature") @Nullable String subjectSignature,
    @JsonProperty("subjectSignatureAlgorithm") @Nullable String subjectSignatureAlgorithm)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    CreditMessageRules.check(this, mistakes);
  }
}
