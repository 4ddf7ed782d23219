package org.actsandbox.sandbox.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.sandbox.doctor.act.ActSignatureMatrixTests;
import org.actsandbox.sandbox.doctor.alipay.GatewayMatrixTests;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.junit.jupiter.api.Test;

/**
 * Tests that docs/doctor.md has every cause and every mistake of the matrix, as the code has it.
 */
public class DoctorDocumentTests {

  private static final Path PAGE = Path.of("../docs/doctor.md");
  private static final String START = "<!-- causes: made from the code -->\n";
  private static final String END = "<!-- causes end -->\n";

  /** Is a mistake that a test makes, with its cause and what the doctor said of it. */
  public record Line(SignatureCause cause, String mistake, Diagnosis diagnosis) {

    String named() {
      return diagnosis.causes().stream()
          .map(named -> "`" + named.cause().code() + "`")
          .distinct()
          .collect(Collectors.joining(", "));
    }
  }

  @Test
  void thePageHasEveryCauseAndTheWholeMatrix() throws IOException {
    var words = DiagnosisWords.english();
    var section =
        new StringBuilder("| cause | fact | what it is | what to change |\n|---|---|---|---|\n");
    for (var cause : SignatureCause.values()) {
      section.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(
                  cause.code(), cause.fact(), words.meaning(cause), words.change(cause, "")));
    }
    section.append(
        "\n## Matrix\n\nEach line is a test: the mistake is made in a right message.\n\n");
    section.append("| made | named |\n|---|---|\n");
    Stream.concat(ActSignatureMatrixTests.lines(), GatewayMatrixTests.lines())
        .forEach(
            line ->
                section.append(
                    "| %s %s | %s |%n"
                        .formatted(line.cause().fact(), line.mistake(), line.named())
                        .replace("|  ", "| ")));
    var text = Files.readString(PAGE);
    var expected = START + section + END;
    if (Boolean.getBoolean("act.write-docs")) {
      Files.writeString(
          PAGE,
          text.substring(0, text.indexOf(START))
              + expected
              + text.substring(text.indexOf(END) + END.length()));
      return;
    }
    assertThat(text).as("write it anew with -Dact.write-docs=true").contains(expected);
  }

  @Test
  void everyCauseHasItsSentencesInBothLanguages() {
    var keys =
        Arrays.stream(SignatureCause.values())
            .flatMap(
                cause ->
                    Stream.of(
                        "diagnosis." + cause.code() + ".is",
                        "diagnosis." + cause.code() + ".change"))
            .collect(Collectors.toCollection(TreeSet::new));
    var sdks = List.of("java", "node", "python", "php", "dotnet");
    for (var locale : List.of(Locale.ROOT, Locale.CHINESE)) {
      var words = ResourceBundle.getBundle("messages/diagnosis", locale);
      assertThat(words.keySet())
          .filteredOn(key -> sdks.stream().noneMatch(sdk -> key.endsWith(".change." + sdk)))
          .containsExactlyInAnyOrderElementsOf(keys);
    }
    assertThat(ResourceBundle.getBundle("messages/diagnosis", Locale.CHINESE).getLocale())
        .isEqualTo(Locale.CHINESE);
  }
}
