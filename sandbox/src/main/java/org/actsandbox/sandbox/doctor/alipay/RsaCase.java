package org.actsandbox.sandbox.doctor.alipay;

import java.nio.charset.Charset;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.NamedCause;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.diagnosis.TextCandidate;

/**
 * Is one signature of the gateway's kind, with all that its examination needs.
 *
 * @param sign the text of the signature
 * @param hash the hash that the message names, {@code SHA-256} or {@code SHA-1}
 * @param keys the keys that may have signed, the right one first
 * @param expected the bytes that the signature must cover
 * @param candidates what else may have been signed
 * @param keyCauses what it means that a key signed; empty for the right key
 * @param otherMistakes what is wrong although the signature fits
 * @param isBill whether it is a bill's, whose mistakes of form have one number (AIP-268)
 * @param sdk the program library that made the message; empty if it does not show
 */
@SuppressWarnings("ArrayRecordComponent") // hashed and shown, never compared
record RsaCase(
    String subject,
    String path,
    String claimedKey,
    String sign,
    String hash,
    List<KnownKey> keys,
    byte[] expected,
    Charset charset,
    Supplier<Stream<TextCandidate>> candidates,
    Function<KnownKey, List<NamedCause>> keyCauses,
    List<NamedCause> otherMistakes,
    boolean isBill,
    String sdk) {

  /** The platform signs what it sends, so an answer with another text was changed on its way. */
  SignatureCause whenTextUnknown() {
    return subject.equals(AnswerDoctor.SUBJECT)
        ? SignatureCause.ANSWER_ALTERED
        : SignatureCause.GATEWAY_TEXT_UNKNOWN;
  }
}
