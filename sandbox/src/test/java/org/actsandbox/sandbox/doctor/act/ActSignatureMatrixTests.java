package org.actsandbox.sandbox.doctor.act;

import static org.actsandbox.sandbox.doctor.act.OtherSignatureMistakes.others;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.AGENT;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.CURVE;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.KEYS;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.NOW;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.RSA;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.canonical;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.mistake;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.part;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.request;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.text;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.utf8;
import static org.actsandbox.sandbox.doctor.act.SignedTextMistakes.texts;
import static org.actsandbox.sandbox.doctor.act.SignedValueMistakes.values;
import static org.actsandbox.sandbox.doctor.act.SigningKeyMistakes.keys;
import static org.actsandbox.sandbox.doctor.act.TokenMistakes.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.sandbox.doctor.DoctorDocumentTests;
import org.actsandbox.sandbox.doctor.act.SignedRequestFixture.Mistake;
import org.actsandbox.sandbox.doctor.diagnosis.Circumstances;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Makes every mistake of the catalogue in a right message, and tests that the doctor names this
 * mistake and no other.
 */
public class ActSignatureMatrixTests {

  static Stream<Mistake> mistakes() {
    return Stream.of(values(), keys(), texts(AGENT), texts(RSA), texts(CURVE), tokens(), others())
        .flatMap(each -> each);
  }

  /** Returns a line of docs/doctor.md for each mistake: what was made, and what was named. */
  public static Stream<DoctorDocumentTests.Line> lines() {
    return mistakes()
        .map(
            mistake ->
                new DoctorDocumentTests.Line(mistake.cause(), mistake.name(), mistake.diagnosis()));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void namesTheMistakeThatWasMade(Mistake mistake) {
    var diagnosis = mistake.diagnosis();
    assertThat(diagnosis.causes()).isNotEmpty();
    assertThat(diagnosis.causes().getFirst().cause()).isEqualTo(mistake.cause());
    boolean open = mistake.cause() == SignatureCause.KEY_OR_TEXT_UNKNOWN;
    assertThat(diagnosis.causes()).hasSize(open ? 3 : 1);
    assertThat(diagnosis.complete()).isTrue();
  }

  @Test
  void aRightMessageHasNoMistake() {
    for (var signer : List.of(AGENT, CURVE, RSA)) {
      var diagnosis =
          ActSignatureDoctor.examine(part(request(signer)), Circumstances.at(KEYS, NOW), List::of);
      assertThat(diagnosis.outcome()).isEqualTo(Diagnosis.Outcome.VERIFIED);
      assertThat(diagnosis.isFaultless()).isTrue();
      assertThat(diagnosis.signedBy()).isEqualTo(signer.signerId());
    }
  }

  @Test
  void showsTheFirstByteThatDiffers() {
    var diagnosis =
        text("", SignatureCause.TRAILING_NEWLINE, AGENT, m -> utf8(canonical(m) + "\n"))
            .diagnosis();
    var difference = Objects.requireNonNull(diagnosis.difference());
    assertThat(difference.at()).isEqualTo(utf8(String.valueOf(diagnosis.expected())).length);
    assertThat(difference.signedHex()).endsWith("0a");
  }

  @Test
  void everyCauseOfActHasAMistakeThatShowsIt() {
    var shown = mistakes().map(Mistake::cause).collect(Collectors.toSet());
    assertThat(SignatureCause.values())
        .filteredOn(cause -> cause != SignatureCause.NOT_JSON && !cause.isAlipay())
        .allSatisfy(cause -> assertThat(shown).contains(cause));
  }
}
