package org.actsandbox.sandbox.doctor.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.refusal.ByteDifference;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.doctor.DiagnosisWords;
import org.actsandbox.sandbox.doctor.DoctorKeys;
import org.actsandbox.sandbox.doctor.Examination;
import org.actsandbox.sandbox.doctor.SignatureDoctor;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.Outcome;
import org.actsandbox.sandbox.doctor.diagnosis.OpenedSignature;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.world.WorldDoctors;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Says why a signature does not verify (operator only); nothing of the request is kept. */
@RestController
class SignatureDiagnosisEndpoint {

  /** Ours: a user compares a few keys of its own, not a registry. */
  private static final int MAX_KEYS = 16;

  private final WorldDoctors worldDoctors;

  SignatureDiagnosisEndpoint(WorldDoctors worldDoctors) {
    this.worldDoctors = worldDoctors;
  }

  /**
   * What is to be examined: a text or a journal entry, not both.
   *
   * @param text a message, token, header, HTTP request, gateway request, notification, bill or
   *     answer
   * @param journalSeq the number of an exchange in the journal
   * @param signedText the text that the sender signed, or its SHA-256 digest in hexadecimal
   * @param keys public keys beside those of the world
   */
  record DiagnosisRequest(
      @Nullable String text,
      @Nullable Long journalSeq,
      @Nullable String signedText,
      @Nullable List<GivenKey> keys)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      if ((text == null) == (journalSeq == null)) {
        mistakes.check(
            () -> {
              throw new Refusal(Problem.INVALID_FIELD, "there is nothing to examine, or two things")
                  .at("text")
                  .expected("text or journal_seq");
            });
      }
      mistakes.checkPresent(text, SignatureDiagnosisEndpoint::requireText);
      mistakes.range("journal_seq", journalSeq, 1, Long.MAX_VALUE);
      mistakes.checkPresent(keys, each -> checkKeys(each, mistakes));
    }
  }

  /**
   * A public key that the user gives.
   *
   * @param owner a key id such as {@code did:act:shop#key-1}, an app id, or {@code platform}
   * @param publicKey a JWK, PEM or Base64
   */
  record GivenKey(String owner, String publicKey) {}

  /**
   * What was found.
   *
   * @param kind what the text is
   * @param note the owner of a pasted public key; absent for other texts
   */
  record DiagnosisList(String kind, @Nullable String note, List<SignatureDiagnosis> diagnoses) {}

  /** One signature with its verdict. */
  record SignatureDiagnosis(
      String subject,
      String path,
      Outcome outcome,
      List<DiagnosedCause> causes,
      String claimedKey,
      @Nullable String signedBy,
      @Nullable OpenedSignature opened,
      @Nullable String expectedText,
      @Nullable String signedText,
      @Nullable ByteDifference difference,
      @Nullable String sdk,
      int comparisons,
      boolean complete) {

    static SignatureDiagnosis of(Diagnosis diagnosis) {
      var words = DiagnosisWords.english();
      return new SignatureDiagnosis(
          diagnosis.subject(),
          diagnosis.path(),
          diagnosis.outcome(),
          diagnosis.causes().stream()
              .map(cause -> DiagnosedCause.of(cause, diagnosis.sdk(), words))
              .toList(),
          diagnosis.claimedKey(),
          diagnosis.signedBy(),
          diagnosis.opened(),
          diagnosis.expected(),
          diagnosis.signed(),
          diagnosis.difference(),
          diagnosis.sdk().isEmpty() ? null : diagnosis.sdk(),
          diagnosis.tried(),
          diagnosis.complete());
    }
  }

  /**
   * A cause in words.
   *
   * @param fact the number of the fact about Alipay's gateway; absent for causes of ACT
   * @param detail what is special about this case, such as a field; absent for nothing
   */
  record DiagnosedCause(
      String code, @Nullable String fact, @Nullable String detail, String meaning, String change) {

    static DiagnosedCause of(Diagnosis.NamedCause named, String sdk, DiagnosisWords words) {
      SignatureCause cause = named.cause();
      return new DiagnosedCause(
          cause.code(),
          cause.isAlipay() ? cause.fact() : null,
          named.detail().isEmpty() ? null : named.detail(),
          words.meaning(cause),
          words.change(cause, sdk));
    }
  }

  @EndpointSummary("Say why a signature does not verify")
  @PostMapping("/api/worlds/{world}/signature-diagnoses")
  DiagnosisList diagnose(World world, @RequestBody DiagnosisRequest request) {
    var signed = request.signedText();
    var signedBytes = signed == null ? null : signed.getBytes(StandardCharsets.UTF_8);
    var added = added(Objects.requireNonNullElse(request.keys(), List.of()));
    var seq = request.journalSeq();
    var text = request.text();
    if (seq != null) {
      return answer(worldDoctors.examine(world, seq, added, signedBytes));
    }
    var pasted = Objects.requireNonNull(text);
    return answer(worldDoctors.examine(world, pasted, added, signedBytes));
  }

  private static void requireText(String text) {
    if (text.isBlank() || text.length() > SignatureDoctor.MAX_CHARS) {
      throw new Refusal(Problem.INVALID_FIELD, "the text is empty or too long")
          .at("text")
          .expected("1 to " + SignatureDoctor.MAX_CHARS + " characters");
    }
  }

  private static void checkKeys(List<GivenKey> keys, MistakeCollector mistakes) {
    if (keys.size() > MAX_KEYS) {
      mistakes.check(
          () -> {
            throw new Refusal(Problem.INVALID_FIELD, "these are too many keys")
                .at("keys")
                .expected("at most " + MAX_KEYS);
          });
      return;
    }
    for (int i = 0; i < keys.size(); i++) {
      var at = "keys[" + i + "]";
      var key = keys.get(i);
      mistakes.text(at + ".owner", key.owner(), 128);
      mistakes.checkPresent(
          key.publicKey(),
          text -> with(DoctorKeys.NONE, new GivenKey("owner", text), at + ".public_key"));
    }
  }

  private static UnaryOperator<DoctorKeys> added(List<GivenKey> keys) {
    return known -> {
      var all = known;
      for (int i = 0; i < keys.size(); i++) {
        all = with(all, keys.get(i), "keys[" + i + "].public_key");
      }
      return all;
    };
  }

  private static DoctorKeys with(DoctorKeys known, GivenKey key, String field) {
    try {
      return known.with(key.owner(), key.publicKey());
    } catch (IllegalArgumentException noKey) {
      throw new Refusal(Problem.INVALID_FIELD, String.valueOf(noKey.getMessage()))
          .at(field)
          .expected("a public key: JWK, PEM or Base64");
    }
  }

  private static DiagnosisList answer(Examination examination) {
    if (examination.kind() == Examination.Kind.PRIVATE_KEY) {
      throw new Refusal(Problem.INVALID_FIELD, "the text contains a private key")
          .at("text")
          .expected("a text without private keys")
          .remedy(
              "Nothing of it was kept or examined. Take the key out, and make a new one if it was"
                  + " shown to others.");
    }
    return new DiagnosisList(
        examination.kind().name().toLowerCase(Locale.ROOT),
        examination.note().isEmpty() ? null : examination.note(),
        examination.diagnoses().stream().map(SignatureDiagnosis::of).toList());
  }
}
