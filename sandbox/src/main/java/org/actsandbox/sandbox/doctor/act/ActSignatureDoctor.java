package org.actsandbox.sandbox.doctor.act;

import static org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.Outcome.CAUSE_FOUND;
import static org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.Outcome.NOT_SEPARABLE;
import static org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.Outcome.VERIFIED;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.refusal.ByteDifference;
import org.actsandbox.sandbox.doctor.diagnosis.Circumstances;
import org.actsandbox.sandbox.doctor.diagnosis.ComparisonBudget;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.NamedCause;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import org.actsandbox.sandbox.doctor.diagnosis.OpenedSignature;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureProbe;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureReading;
import org.actsandbox.sandbox.doctor.diagnosis.TextCandidate;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why the signature of one part of an ACT message does not verify. It compares the
 * signature with texts that the sender may have signed, under the keys that it may have used; a
 * match is a proof, and without one it says what cannot be told apart.
 */
public final class ActSignatureDoctor {

  /** The time window of payment requests (PSD-3). */
  private static final Duration TIME_WINDOW = Duration.ofMinutes(5);

  private static final List<String> ENDS =
      List.of("pay_before", "expires_at", "validUntil", "valid_until");

  private static final Pattern HEX_DIGEST = Pattern.compile("[0-9a-fA-F]{64}");
  private static final int ED25519_BYTES = 64;

  private final SignedPart part;
  private final Circumstances circumstances;
  private final Supplier<List<SignedPart>> earlier;
  private final List<KnownKey> keys;
  private final @Nullable KnownKey claimed;
  private final ComparisonBudget budget = ComparisonBudget.ofVerifications();

  private ActSignatureDoctor(
      SignedPart part, Circumstances circumstances, Supplier<List<SignedPart>> earlier) {
    this.part = part;
    this.circumstances = circumstances;
    this.earlier = earlier;
    this.keys = likeliestFirst();
    this.claimed =
        keys.stream().filter(key -> key.id().equals(part.claimedKey())).findFirst().orElse(null);
  }

  /**
   * Examines the signature of {@code part}.
   *
   * @param earlier signed parts of earlier messages, to find a signature that was taken from one
   */
  public static Diagnosis examine(
      SignedPart part, Circumstances circumstances, Supplier<List<SignedPart>> earlier) {
    return new ActSignatureDoctor(part, circumstances, earlier).examine();
  }

  private List<KnownKey> likeliestFirst() {
    var claimedKey = part.claimedKey();
    var owner = ownerOf(claimedKey);
    Comparator<KnownKey> byLikelihood =
        Comparator.comparing(
            key -> key.id().equals(claimedKey) ? 0 : key.owner().equals(owner) ? 1 : 2);
    return circumstances.keys().stream()
        .sorted(byLikelihood)
        .limit(Circumstances.MAX_KEYS)
        .toList();
  }

  private static String ownerOf(String keyId) {
    int hash = keyId.indexOf('#');
    return hash < 0 ? keyId : keyId.substring(0, hash);
  }

  private Diagnosis examine() {
    byte[] expected;
    try {
      expected = part.expected();
    } catch (IllegalArgumentException notCanonical) {
      var at = CanonicalJson.findMismatch(part.content());
      return found(
          List.of(
              new NamedCause(
                  SignatureCause.NO_CANONICAL_FORM, at.map(each -> each.at()).orElse(""))),
          null,
          null,
          null,
          null);
    }
    if (part instanceof SignedTokenPart token && token.isUnsigned()) {
      return found(SignatureCause.ALGORITHM_NONE, part.algorithm(), expected);
    }
    if (part.signature().isBlank()) {
      return found(SignatureCause.SIGNATURE_ABSENT, "", expected);
    }
    var readings = ActSignatureReadings.of(part.signature());
    if (readings.isEmpty()) {
      return found(SignatureCause.SIGNATURE_NOT_TEXT, "", expected);
    }
    for (var reading : readings) {
      var diagnosis = examine(reading, expected);
      if (diagnosis.isPresent()) {
        return diagnosis.get();
      }
    }
    return unexplained(readings, expected);
  }

  private Diagnosis found(SignatureCause cause, String detail, byte[] expected) {
    return found(List.of(new NamedCause(cause, detail)), null, null, expected, null);
  }

  private Diagnosis found(
      List<NamedCause> causes,
      @Nullable KnownKey signedBy,
      @Nullable OpenedSignature opened,
      byte @Nullable [] expected,
      byte @Nullable [] signed) {
    var outcome =
        causes.isEmpty()
            ? VERIFIED
            : causes.getFirst().cause() == SignatureCause.CLOCK ? VERIFIED : CAUSE_FOUND;
    return new Diagnosis(
        part.subject(),
        part.path(),
        outcome,
        causes,
        part.claimedKey(),
        signedBy == null ? null : signedBy.id(),
        opened,
        text(expected),
        text(signed),
        expected == null || signed == null
            ? null
            : ByteDifference.between(expected, signed).orElse(null),
        "",
        budget.tried(),
        budget.isComplete() && !circumstances.hasMoreKeys());
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  /** Returns the diagnosis if this reading of the signature matches a text; else empty. */
  private Optional<Diagnosis> examine(SignatureReading reading, byte[] expected) {
    var probe = new SignatureProbe(reading.bytes(), budget);
    return rightText(reading, probe, expected)
        .or(() -> senderText(reading, probe, expected))
        .or(() -> otherText(reading, probe, expected))
        .or(() -> earlierText(reading, probe, expected));
  }

  private Optional<Diagnosis> rightText(
      SignatureReading reading, SignatureProbe probe, byte[] expected) {
    for (var key : keys) {
      if (probe.verifies(key, expected)) {
        var causes = formOf(reading);
        causes.addAll(keyMistakes(key));
        if (causes.isEmpty()) {
          part.otherMistake().ifPresent(causes::add);
        }
        if (causes.isEmpty()) {
          clockMistake().ifPresent(causes::add);
        }
        return Optional.of(found(causes, key, opened(probe, key), expected, expected));
      }
    }
    return rightTextSignedOtherwise(reading, probe, expected);
  }

  /** Looks for an RSA signature over the right text with another hash or padding. */
  private Optional<Diagnosis> rightTextSignedOtherwise(
      SignatureReading reading, SignatureProbe probe, byte[] expected) {
    for (var key : keys) {
      var opened = opened(probe, key);
      boolean raw =
          opened != null
              && opened.hash().equals(OpenedSignature.NO_HASH)
              && opened.digest().equals(SignatureProbe.hex("SHA-256", expected));
      NamedCause cause = null;
      if (opened != null && (raw || probe.matches(key, expected))) {
        cause = new NamedCause(SignatureCause.HASH_OTHER, opened.hash());
      } else if (probe.verifiesAsPss(key, expected)) {
        cause = new NamedCause(SignatureCause.PADDING_PSS, "");
      }
      if (cause != null) {
        var causes = formOf(reading);
        causes.add(cause);
        causes.addAll(keyMistakes(key));
        return Optional.of(found(causes, key, opened, expected, expected));
      }
    }
    return Optional.empty();
  }

  private static @Nullable OpenedSignature opened(SignatureProbe probe, KnownKey key) {
    return probe.open(key).orElse(null);
  }

  private static List<NamedCause> formOf(SignatureReading reading) {
    var causes = new ArrayList<NamedCause>();
    if (reading.cause() != null) {
      causes.add(new NamedCause(reading.cause(), ""));
    }
    return causes;
  }

  /** Says what is wrong with the key's id and algorithm, if {@code key} signed. */
  private List<NamedCause> keyMistakes(KnownKey key) {
    if (key.equals(claimed)) {
      return part.algorithm().equals(part.algorithmOf(key))
          ? List.of()
          : List.of(new NamedCause(SignatureCause.ALGORITHM_NAME, part.algorithmOf(key)));
    }
    return List.of(new NamedCause(keyCause(key), key.id()));
  }

  private SignatureCause keyCause(KnownKey key) {
    var id = part.claimedKey();
    if (id.isEmpty()) {
      return SignatureCause.KEY_ID_ABSENT;
    }
    if (id.indexOf('#') < 0 && key.owner().equals(id)) {
      return SignatureCause.KEY_ID_WITHOUT_KEY;
    }
    if (claimed == null) {
      return SignatureCause.KEY_ID_UNKNOWN;
    }
    return key.owner().equals(ownerOf(id))
        ? SignatureCause.KEY_OTHER_OF_PARTICIPANT
        : SignatureCause.KEY_OF_OTHER_PARTICIPANT;
  }

  private Optional<NamedCause> clockMistake() {
    var now = circumstances.now();
    if (now == null) {
      return Optional.empty();
    }
    var content = part.content();
    var timestamp = instant(content.path("timestamp").asString(""));
    if (timestamp.isPresent()
        && Duration.between(timestamp.get(), now).abs().compareTo(TIME_WINDOW) > 0) {
      return Optional.of(new NamedCause(SignatureCause.CLOCK, "timestamp " + timestamp.get()));
    }
    for (var name : ENDS) {
      var end = instant(content.path(name).asString(""));
      if (end.isPresent() && end.get().isBefore(now)) {
        return Optional.of(new NamedCause(SignatureCause.CLOCK, name + " " + end.get()));
      }
    }
    var expiry = content.path("exp");
    return expiry.isNumber() && Instant.ofEpochSecond(expiry.asLong(0)).isBefore(now)
        ? Optional.of(
            new NamedCause(SignatureCause.CLOCK, "exp " + Instant.ofEpochSecond(expiry.asLong(0))))
        : Optional.empty();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException notAnInstant) {
      return Optional.empty();
    }
  }

  /** Uses the text that the sender says it signed: it separates a wrong key from a wrong text. */
  private Optional<Diagnosis> senderText(
      SignatureReading reading, SignatureProbe probe, byte[] expected) {
    var signed = circumstances.signedBySender();
    if (signed == null) {
      return Optional.empty();
    }
    var digest = new String(signed, StandardCharsets.ISO_8859_1).strip();
    boolean isDigest = HEX_DIGEST.matcher(digest).matches();
    var signedDigest =
        isDigest ? digest.toLowerCase(Locale.ROOT) : SignatureProbe.hex("SHA-256", signed);
    if (signedDigest.equals(SignatureProbe.hex("SHA-256", expected))) {
      return Optional.of(
          found(
              withForm(reading, new NamedCause(SignatureCause.KEY_UNKNOWN, "")),
              null,
              null,
              expected,
              expected));
    }
    var candidate =
        part.candidates(keys)
            .filter(each -> SignatureProbe.hex("SHA-256", each.bytes()).equals(signedDigest))
            .findFirst();
    if (candidate.isPresent()) {
      return Optional.of(explained(reading, candidate.get(), claimed, null, expected));
    }
    if (isDigest) {
      return Optional.empty();
    }
    for (var key : keys) {
      if (probe.matches(key, signed)) {
        var causes = withForm(reading, new NamedCause(SignatureCause.TEXT_UNKNOWN, ""));
        causes.addAll(keyMistakes(key));
        return Optional.of(found(causes, key, opened(probe, key), expected, signed));
      }
    }
    return Optional.empty();
  }

  private static List<NamedCause> withForm(SignatureReading reading, NamedCause cause) {
    var causes = formOf(reading);
    causes.add(cause);
    return causes;
  }

  private Diagnosis explained(
      SignatureReading reading,
      TextCandidate candidate,
      @Nullable KnownKey key,
      @Nullable OpenedSignature opened,
      byte[] expected) {
    var causes = withForm(reading, new NamedCause(candidate.cause(), candidate.detail()));
    if (key != null && !namesKey(candidate)) {
      causes.addAll(keyMistakes(key));
    }
    return found(causes, key, opened, expected, candidate.bytes());
  }

  private Optional<Diagnosis> otherText(
      SignatureReading reading, SignatureProbe probe, byte[] expected) {
    var likely = likelyKeys(probe);
    var seen = new HashSet<ByteBuffer>();
    return part.candidates(keys)
        .takeWhile(candidate -> budget.takeText(candidate.bytes().length))
        .filter(candidate -> !Arrays.equals(candidate.bytes(), expected))
        // Many ways of writing give one text if a message has nothing that they would change.
        .filter(candidate -> seen.add(ByteBuffer.wrap(candidate.bytes())))
        .flatMap(
            candidate ->
                keysFor(candidate, likely).stream()
                    .filter(key -> probe.matches(key, candidate.bytes()))
                    .map(key -> explained(reading, candidate, key, opened(probe, key), expected)))
        .findFirst();
  }

  /** Returns the keys of the named participant, or those that open the signature. */
  private List<KnownKey> likelyKeys(SignatureProbe probe) {
    var owner = ownerOf(part.claimedKey());
    return keys.stream()
        .filter(key -> key.owner().equals(owner) || probe.open(key).isPresent())
        .toList();
  }

  private List<KnownKey> keysFor(TextCandidate candidate, List<KnownKey> likely) {
    if (!namesKey(candidate)) {
      return likely;
    }
    var id = candidate.detail().substring(candidate.detail().indexOf(' ') + 1);
    return keys.stream().filter(key -> key.id().equals(id)).toList();
  }

  /** Returns whether the candidate is a text with the id of another key in it. */
  private static boolean namesKey(TextCandidate candidate) {
    return candidate.cause() == SignatureCause.KEY_ID_CHANGED
        || candidate.detail().startsWith("kid ");
  }

  /** Looks for the signature in an earlier message of the same kind. */
  private Optional<Diagnosis> earlierText(
      SignatureReading reading, SignatureProbe probe, byte[] expected) {
    for (var other : earlier.get()) {
      if (!other.signature().equals(part.signature())) {
        continue;
      }
      var text = other.expected();
      if (Arrays.equals(text, expected)) {
        continue;
      }
      for (var key : keys) {
        if (probe.verifies(key, text)) {
          var changed = JsonChanges.between(other.content(), part.content());
          var cause =
              changed.size() <= JsonChanges.MOST_OF_ONE_MESSAGE
                  ? SignatureCause.CHANGED_AFTER_SIGNING
                  : SignatureCause.OTHER_MESSAGE;
          return Optional.of(
              found(
                  withForm(reading, new NamedCause(cause, String.join(", ", changed))),
                  key,
                  opened(probe, key),
                  expected,
                  text));
        }
      }
    }
    return Optional.empty();
  }

  private Diagnosis unexplained(List<SignatureReading> readings, byte[] expected) {
    var lengths = readings.stream().map(reading -> reading.bytes().length).toList();
    for (var reading : readings) {
      var probe = new SignatureProbe(reading.bytes(), budget);
      for (var key : keys) {
        var opened = opened(probe, key);
        if (opened != null) {
          var causes = withForm(reading, new NamedCause(SignatureCause.TEXT_UNKNOWN, key.id()));
          causes.addAll(keyMistakes(key));
          return found(causes, key, opened, expected, null);
        }
      }
    }
    var named = claimed;
    if (named == null) {
      var cause =
          part.claimedKey().isEmpty()
              ? SignatureCause.KEY_ID_ABSENT
              : SignatureCause.KEY_ID_UNKNOWN;
      return found(cause, part.claimedKey(), expected);
    }
    int right = named.rsa() == null ? ED25519_BYTES : modulusBytes(named);
    if (lengths.stream().noneMatch(length -> length == right)) {
      int longest = lengths.stream().mapToInt(Integer::intValue).max().orElse(0);
      return found(
          longest < right ? SignatureCause.SIGNATURE_TRUNCATED : SignatureCause.SIGNATURE_LENGTH,
          longest + " of " + right,
          expected);
    }
    if (!part.algorithm().equals(part.algorithmOf(named))) {
      return found(SignatureCause.ALGORITHM_NAME, part.algorithmOf(named), expected);
    }
    if (named.rsa() != null) {
      return found(SignatureCause.KEY_UNKNOWN, named.id(), expected);
    }
    var open =
        found(
            List.of(
                new NamedCause(SignatureCause.KEY_OR_TEXT_UNKNOWN, ""),
                new NamedCause(SignatureCause.CHANGED_AFTER_SIGNING, ""),
                new NamedCause(SignatureCause.KEY_UNKNOWN, "")),
            null,
            null,
            expected,
            null);
    return new Diagnosis(
        open.subject(),
        open.path(),
        NOT_SEPARABLE,
        open.causes(),
        open.claimedKey(),
        null,
        null,
        open.expected(),
        null,
        null,
        "",
        open.tried(),
        open.complete());
  }

  private static int modulusBytes(KnownKey key) {
    var rsa = key.rsa();
    return rsa == null ? 0 : (rsa.getModulus().bitLength() + 7) / 8;
  }
}
