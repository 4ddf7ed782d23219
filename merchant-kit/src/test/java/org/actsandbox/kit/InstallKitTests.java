package org.actsandbox.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the artifacts that {@code ./run install-kit} makes. */
class InstallKitTests {

  @TempDir Path folder;

  @Test
  void eachIsOneArtifactWithSourcesAndJavadocAndRunsWithItsLibrariesAlone()
      throws IOException, InterruptedException {
    var repository = folder.resolve("repository");
    var lib = folder.resolve("lib");

    var told =
        run(
            "bash",
            "../.mvn/install-kit.sh",
            "--repository",
            repository.toString(),
            "--lib",
            lib.toString());

    assertThat(told).contains("implementation(\"org.actsandbox:merchant-kit:2.1.0\")");
    var artifact = repository.resolve("org/actsandbox/merchant-kit/2.1.0/merchant-kit-2.1.0");
    try (var jar = new JarFile(artifact + ".jar")) {
      assertThat(jar.getEntry("org/actsandbox/kit/A402Gate.class")).isNotNull();
      assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo("org.actsandbox.kit");
    }
    try (var jar = new JarFile(artifact + "-sources.jar")) {
      assertThat(jar.getEntry("org/actsandbox/kit/A402Gate.java")).isNotNull();
    }
    try (var jar = new JarFile(artifact + "-javadoc.jar")) {
      assertThat(jar.getEntry("org/actsandbox/kit/A402Gate.html")).isNotNull();
    }
    assertThat(
            Pattern.compile("<artifactId>(.*)</artifactId>")
                .matcher(Files.readString(Path.of(artifact + ".pom")))
                .results()
                .map(found -> found.group(1)))
        .isEqualTo(
            List.of(
                "merchant-kit",
                "jackson-databind",
                "bcprov-jdk18on",
                "nimbus-jose-jwt",
                "java-json-canonicalization",
                "jspecify"));
    var agent = repository.resolve("org/actsandbox/act-agent/1.0.0/act-agent-1.0.0");
    try (var jar = new JarFile(agent + ".jar")) {
      assertThat(jar.getEntry("org/actsandbox/client/ActAgent.class")).isNotNull();
    }
    try (var jar = new JarFile(agent + "-javadoc.jar")) {
      assertThat(jar.getEntry("org/actsandbox/client/ActAgent.html")).isNotNull();
    }
    assertThat(Path.of(agent + ".pom")).exists();
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var starter = "../starters/java/Gate.java";
    assertThat(run(java, "-cp", lib + "/*", starter, folder.resolve("no.env").toString()))
        .contains("ACT_WORLD is missing");
    // The example finds all its classes, and then no server.
    assertThat(run(java, "-cp", lib + "/*", "../clients/java/L1.java", "http://127.0.0.1:1"))
        .contains("no answer from http://127.0.0.1:1");
  }

  private static String run(String... command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeIf(name -> name.startsWith("ACT_"));
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
