package org.actsandbox.web.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.DiagnosisWords;
import org.actsandbox.sandbox.doctor.DoctorKeys;
import org.actsandbox.sandbox.doctor.Examination;
import org.actsandbox.sandbox.doctor.SignatureDoctor;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why a signature does not verify, without a server. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Says why a signature in a file does not verify, without a server and without a network.",
      "The file has a message of ACT, a token, an HTTP request, a call of Alipay's gateway, a"
          + " notification, a bill or an answer. Nothing of it is kept.",
      "Behaves as the public SDKs and demos expect; not an official test."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every signature verifies",
      "2:wrong usage, no such file, or a private key in it",
      "6:a signature does not verify, or nothing is signed"
    })
public final class DoctorCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Print one JSON object on standard output, nothing else")
  private boolean json;

  @Option(
      names = "--key",
      paramLabel = "OWNER=FILE",
      description =
          "A public key: OWNER is a key id of ACT (did:act:shop#key-1), an app id, or \"platform\";"
              + " FILE has a JWK, a JWK Set, PEM or Base64. Can be given several times")
  private List<String> keys = List.of();

  @Option(
      names = "--signed",
      paramLabel = "FILE",
      description = "The text that you signed, which tells a wrong key from a wrong text")
  private @Nullable Path signed;

  @Option(names = "--lang", description = "en or zh", defaultValue = "en")
  private String lang = "en";

  @Parameters(paramLabel = "FILE", description = "The file with the message")
  private @Nullable Path file;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var known = DoctorKeys.NONE;
    for (var key : keys) {
      known = withKey(known, key);
    }
    var text = read(Objects.requireNonNull(file));
    var doctor =
        new SignatureDoctor(
            known,
            null,
            signed == null ? null : read(signed).getBytes(StandardCharsets.UTF_8),
            List::of);
    var examination = doctor.examine(text);
    if (examination.kind() == Examination.Kind.PRIVATE_KEY) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          file + " contains a private key: take it out; nothing of the file was examined");
    }
    var terminal = new Terminal(json);
    if (json) {
      terminal.object(Json.write(examination));
    } else {
      print(terminal, examination);
    }
    return examination.isFaultless() ? ExitCodes.OK : ExitCodes.NOT_VERIFIED;
  }

  private DoctorKeys withKey(DoctorKeys known, String key) {
    int equals = key.indexOf('=');
    if (equals <= 0) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "--key wants OWNER=FILE, was " + key);
    }
    try {
      return known.with(key.substring(0, equals), read(Path.of(key.substring(equals + 1))));
    } catch (IllegalArgumentException noKey) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "%s: %s".formatted(key, noKey.getMessage()),
          noKey);
    }
  }

  /** Reads a file, but at most one character more than the doctor takes. */
  private String read(Path path) {
    try (var in = Files.newInputStream(path)) {
      var bytes = in.readNBytes(4 * SignatureDoctor.MAX_CHARS);
      var text = new String(bytes, StandardCharsets.UTF_8);
      if (text.length() > SignatureDoctor.MAX_CHARS) {
        throw new ParameterException(
            Objects.requireNonNull(spec).commandLine(),
            "%s is longer than %d characters".formatted(path, SignatureDoctor.MAX_CHARS));
      }
      return text;
    } catch (IOException unreadable) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "cannot read " + path, unreadable);
    }
  }

  private void print(Terminal terminal, Examination examination) {
    var words = DiagnosisWords.in(Locale.of(lang));
    terminal.print(examination.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    if (!examination.note().isEmpty()) {
      terminal.print("  " + examination.note());
    }
    examination.diagnoses().forEach(diagnosis -> print(terminal, diagnosis, words));
  }

  private static void print(Terminal terminal, Diagnosis diagnosis, DiagnosisWords words) {
    terminal.print(
        "%-14s %s %s %s"
            .formatted(
                diagnosis.outcome(), diagnosis.subject(), diagnosis.path(), diagnosis.claimedKey())
            .strip());
    for (var named : diagnosis.causes()) {
      terminal.print(
          "  %s %s %s"
              .formatted(named.cause().code(), named.cause().fact(), named.detail())
              .stripTrailing());
      terminal.print("    " + words.meaning(named.cause()));
      terminal.print("    -> " + words.change(named.cause(), diagnosis.sdk()));
    }
    if (diagnosis.signedBy() != null) {
      terminal.print("  key       " + diagnosis.signedBy());
    }
    var opened = diagnosis.opened();
    if (opened != null) {
      terminal.print("  contains  %s %s".formatted(opened.hash(), opened.digest()));
    }
    var difference = diagnosis.difference();
    if (difference != null) {
      terminal.print("  first different byte: " + difference.at());
      terminal.print("    expected  " + difference.expected());
      terminal.print("              " + difference.expectedHex());
      terminal.print("    signed    " + difference.signed());
      terminal.print("              " + difference.signedHex());
    }
    if (diagnosis.expected() != null && !diagnosis.isFaultless()) {
      terminal.print("  text to sign");
      terminal.print("    " + diagnosis.expected());
    }
  }
}
