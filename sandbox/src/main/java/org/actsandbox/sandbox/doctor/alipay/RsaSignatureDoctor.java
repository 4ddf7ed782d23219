package org.actsandbox.sandbox.doctor.alipay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.BILL_SIGNATURE_FORM;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.CHARACTERS_LOST;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.GATEWAY_TEXT_UNKNOWN;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.HASHED_TWICE;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.HASH_WITHOUT_NAME;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.KEY_OF_OTHER_ENVIRONMENT;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.PRIVATE_KEY_UNKNOWN;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.SIGN_ABSENT;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.SIGN_CUT;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.SIGN_OF_OTHER_KEY_SIZE;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.SIGN_PSS;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.SIGN_TYPE_OTHER_HASH;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.SIGN_UNKNOWN_HASH;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.protocol.refusal.ByteDifference;
import org.actsandbox.sandbox.doctor.diagnosis.ComparisonBudget;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.NamedCause;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.Outcome;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import org.actsandbox.sandbox.doctor.diagnosis.OpenedSignature;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureProbe;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureReading;
import org.actsandbox.sandbox.doctor.diagnosis.TextCandidate;
import org.jspecify.annotations.Nullable;

/**
 * Examines one RSA signature: it is opened with every key, and the digest inside tells which text
 * was signed (AIP-212 to AIP-214).
 */
final class RsaSignatureDoctor {

  /** Lengths of signatures of common keys, in bytes. */
  private static final Set<Integer> KEY_SIZES = Set.of(64, 128, 192, 256, 384, 512);

  private final RsaCase examined;
  private final ComparisonBudget budget = ComparisonBudget.ofDigests();

  private RsaSignatureDoctor(RsaCase examined) {
    this.examined = examined;
  }

  static Diagnosis examine(RsaCase examined) {
    return new RsaSignatureDoctor(examined).examine();
  }

  private Diagnosis examine() {
    if (examined.sign().isBlank()) {
      return found(Outcome.CAUSE_FOUND, List.of(new NamedCause(SIGN_ABSENT, "")), null, null, null);
    }
    var readings = SignReadings.of(examined.sign());
    for (var reading : readings) {
      var probe = new SignatureProbe(reading.bytes(), budget);
      for (var key : examined.keys()) {
        var opened = probe.open(key);
        if (opened.isPresent()) {
          return opened(reading, key, opened.get());
        }
      }
    }
    return closed(readings);
  }

  private Diagnosis found(
      Outcome outcome,
      List<NamedCause> causes,
      @Nullable KnownKey signedBy,
      @Nullable OpenedSignature opened,
      byte @Nullable [] signed) {
    var expected = examined.expected();
    return new Diagnosis(
        examined.subject(),
        examined.path(),
        outcome,
        causes,
        examined.claimedKey(),
        signedBy == null ? null : signedBy.id(),
        opened,
        new String(expected, examined.charset()),
        signed == null ? null : new String(signed, examined.charset()),
        signed == null ? null : ByteDifference.between(expected, signed).orElse(null),
        examined.sdk(),
        budget.tried(),
        budget.isComplete());
  }

  private List<NamedCause> formCauses(SignatureReading reading) {
    var causes = new ArrayList<NamedCause>();
    var cause = reading.cause();
    if (cause != null) {
      causes.add(new NamedCause(examined.isBill() ? BILL_SIGNATURE_FORM : cause, ""));
    }
    return causes;
  }

  private Diagnosis opened(SignatureReading reading, KnownKey key, OpenedSignature opened) {
    var causes = formCauses(reading);
    hashCause(opened).ifPresent(causes::add);
    var keyCauses = examined.keyCauses().apply(key);
    if (holds(opened, examined.expected())) {
      causes.addAll(keyCauses);
      if (causes.isEmpty()) {
        causes.addAll(examined.otherMistakes());
      }
      return found(outcome(causes), causes, key, opened, examined.expected());
    }
    var signed = signedText(opened);
    if (signed.isPresent()) {
      causes.add(new NamedCause(signed.get().cause(), signed.get().detail()));
      if (signed.get().cause() != SignatureCause.APP_OR_METHOD_REPLACED) {
        causes.addAll(keyCauses);
      }
      return found(outcome(causes), causes, key, opened, signed.get().bytes());
    }
    // A key that does not belong here explains the refusal alone; its text cannot be found.
    causes.addAll(keyCauses);
    if (keyCauses.isEmpty() && hasLostCharacters()) {
      causes.add(new NamedCause(CHARACTERS_LOST, ""));
      causes.add(new NamedCause(GATEWAY_TEXT_UNKNOWN, ""));
      return found(Outcome.NOT_SEPARABLE, causes, key, opened, null);
    }
    causes.add(new NamedCause(examined.whenTextUnknown(), ""));
    return found(outcome(causes), causes, key, opened, null);
  }

  private static Outcome outcome(List<NamedCause> causes) {
    if (causes.isEmpty()) {
      return Outcome.VERIFIED;
    }
    boolean twoReadings =
        causes.stream().anyMatch(each -> each.cause() == SignatureCause.KEY_OF_OTHER_APP)
            && causes.stream().anyMatch(each -> each.cause() == SignatureCause.APP_ID_OF_OTHER_APP);
    return twoReadings ? Outcome.NOT_SEPARABLE : Outcome.CAUSE_FOUND;
  }

  /** Returns what is wrong with the hash: its name in the message, or that it has none. */
  private Optional<NamedCause> hashCause(OpenedSignature opened) {
    var hash = opened.hash();
    if (hash.equals(examined.hash())) {
      return Optional.empty();
    }
    if (hash.equals(OpenedSignature.NO_HASH)) {
      return Optional.of(new NamedCause(HASH_WITHOUT_NAME, ""));
    }
    boolean swapped = hash.equals("SHA-1") || hash.equals("SHA-256");
    return Optional.of(new NamedCause(swapped ? SIGN_TYPE_OTHER_HASH : SIGN_UNKNOWN_HASH, hash));
  }

  private boolean holds(OpenedSignature opened, byte[] text) {
    return digest(opened, text).equals(opened.digest());
  }

  private static String digest(OpenedSignature opened, byte[] text) {
    return SignatureProbe.hex(hashOf(opened), text);
  }

  /** Returns the hash, which of a digest without a name its length tells. */
  private static String hashOf(OpenedSignature opened) {
    if (!opened.hash().equals(OpenedSignature.NO_HASH)) {
      return opened.hash();
    }
    return switch (opened.digest().length()) {
      case 32 -> "MD5";
      case 40 -> "SHA-1";
      case 128 -> "SHA-512";
      default -> "SHA-256";
    };
  }

  private Optional<TextCandidate> signedText(OpenedSignature opened) {
    return Stream.of(hashed(), examined.candidates().get())
        .flatMap(each -> each)
        .takeWhile(candidate -> budget.takeText(candidate.bytes().length))
        .filter(candidate -> !Arrays.equals(candidate.bytes(), examined.expected()))
        .filter(
            candidate -> {
              budget.countHash();
              return holds(opened, candidate.bytes());
            })
        .findFirst();
  }

  /** Returns the digest of the right text as the text that was signed (AIP-237). */
  private Stream<TextCandidate> hashed() {
    return Stream.of("SHA-256", "SHA-1", "MD5")
        .flatMap(
            hash -> {
              var digest = SignatureProbe.digest(hash, examined.expected());
              var hex = HexFormat.of().formatHex(digest);
              return Stream.of(
                      digest,
                      hex.getBytes(US_ASCII),
                      hex.toUpperCase(Locale.ROOT).getBytes(US_ASCII),
                      Base64.getEncoder().encode(digest))
                  .map(bytes -> new TextCandidate(HASHED_TWICE, hash, bytes));
            });
  }

  /** Returns whether the text shows what a wrong charset leaves of characters (AIP-259). */
  private boolean hasLostCharacters() {
    var text = new String(examined.expected(), examined.charset());
    return text.indexOf('\ufffd') >= 0 || text.contains("??");
  }

  /** Says why no key opens the signature. */
  private Diagnosis closed(List<SignatureReading> readings) {
    for (var reading : readings) {
      var probe = new SignatureProbe(reading.bytes(), budget);
      for (var key : examined.keys()) {
        if (probe.verifiesAsPss(key, examined.expected())) {
          var causes = formCauses(reading);
          causes.add(new NamedCause(SIGN_PSS, ""));
          causes.addAll(examined.keyCauses().apply(key));
          return found(Outcome.CAUSE_FOUND, causes, key, null, examined.expected());
        }
      }
    }
    int longest = readings.stream().mapToInt(reading -> reading.bytes().length).max().orElse(0);
    int right =
        examined.keys().stream()
            .findFirst()
            .flatMap(key -> Optional.ofNullable(key.rsa()))
            .map(rsa -> (rsa.getModulus().bitLength() + 7) / 8)
            .orElse(longest);
    if (longest != right) {
      var cause =
          examined.isBill()
              ? BILL_SIGNATURE_FORM
              : KEY_SIZES.contains(longest) ? SIGN_OF_OTHER_KEY_SIZE : SIGN_CUT;
      return found(
          Outcome.CAUSE_FOUND,
          List.of(new NamedCause(cause, longest + " of " + right)),
          null,
          null,
          null);
    }
    return found(
        Outcome.NOT_SEPARABLE,
        List.of(
            new NamedCause(PRIVATE_KEY_UNKNOWN, ""), new NamedCause(KEY_OF_OTHER_ENVIRONMENT, "")),
        null,
        null,
        null);
  }
}
