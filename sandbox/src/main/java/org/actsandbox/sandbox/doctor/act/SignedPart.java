package org.actsandbox.sandbox.doctor.act;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.NamedCause;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import org.actsandbox.sandbox.doctor.diagnosis.TextCandidate;
import tools.jackson.databind.JsonNode;

/** Is a part of a message that carries a signature: a message, a token or a record. */
public sealed interface SignedPart permits SignedMessagePart, SignedRecordPart, SignedTokenPart {

  /** Returns {@code message}, {@code token} or {@code record}. */
  String subject();

  /** Returns where the part stands, such as {@code bill}; empty for the whole text. */
  String path();

  /** Returns the key id that the part names; empty for none. */
  String claimedKey();

  /** Returns the algorithm that the part names; empty for none. */
  String algorithm();

  /** Returns the name under which {@code key} signs in parts of this kind. */
  String algorithmOf(KnownKey key);

  /** Returns the text of the signature's value; empty for none. */
  String signature();

  /** Returns the bytes that the signature must cover. */
  byte[] expected();

  /** Returns what else may have been signed, the commonest first. */
  Stream<TextCandidate> candidates(List<KnownKey> keys);

  /** Returns what is wrong with the part although its signature verifies. */
  Optional<NamedCause> otherMistake();

  /** Returns the members whose values are compared with those of an earlier message. */
  JsonNode content();
}
