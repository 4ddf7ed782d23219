package org.actsandbox.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Tests the exit codes of the doctor on the command line. */
class DoctorCommandTests {

  private static final Ed25519KeyPair KEY = new Ed25519KeyPair("did:act:shop#key-1", new byte[32]);

  @TempDir private Path folder;

  private int run(String... args) {
    var errors = new StringWriter();
    return new CommandLine(new DoctorCommand()).setErr(new PrintWriter(errors, true)).execute(args);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void saysByItsExitCodeWhetherTheSignatureVerifies() throws IOException {
    var message = SignedJson.sign(Json.object().put("a", "1"), KEY);
    var key = "--key=did:act:shop#key-1=" + file("key.jwk", KEY.publicKey().jwk());
    assertThat(run(key, file("right.json", Json.write(message)))).isZero();
    message.put("a", "2");
    var wrong = file("wrong.json", Json.write(message));
    assertThat(run(key, wrong)).isEqualTo(6);
    assertThat(run(key, "--json", "--lang=zh", wrong)).isEqualTo(6);
    assertThat(run(wrong)).isEqualTo(6);
  }

  @Test
  void refusesPrivateKeysAndMissingFiles() throws IOException {
    assertThat(run(folder.resolve("none").toString())).isEqualTo(2);
    assertThat(
            run(file("secret.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")))
        .isEqualTo(2);
    assertThat(run("--key=nothing", file("empty.json", "{}"))).isEqualTo(2);
  }
}
