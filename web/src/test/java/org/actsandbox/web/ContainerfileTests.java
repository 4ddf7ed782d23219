package org.actsandbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.junit.jupiter.api.Test;

/** Tests the Containerfile without building the image. */
class ContainerfileTests {

  private static final Path ROOT = Path.of("..");
  private static final Pattern HEALTH = Pattern.compile("http://localhost:(\\S+?)(/\\S*?)\"");

  private record Instruction(String name, String argument) {}

  private static final List<Instruction> ALL = instructions();

  private static List<Instruction> instructions() {
    try {
      var joined = new ArrayList<Instruction>();
      var text = Files.readString(ROOT.resolve("Containerfile"));
      for (var line : text.replaceAll("\\\\\n\\s*", " ").lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          var parts = line.split(" ", 2);
          joined.add(new Instruction(parts[0], parts[1].strip()));
        }
      }
      return joined;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<Instruction> finalStage() {
    int last = ALL.lastIndexOf(only(ALL, "FROM", 1));
    return ALL.subList(last, ALL.size());
  }

  private static Instruction only(List<Instruction> from, String name, int skipped) {
    var found = from.stream().filter(each -> each.name().equals(name)).skip(skipped).toList();
    assertThat(found).as(name).hasSize(1);
    return found.getFirst();
  }

  private static String last(String name) {
    return only(finalStage(), name, 0).argument();
  }

  private static String environment(String name) {
    return Arrays.stream(last("ENV").split(" "))
        .filter(each -> each.startsWith(name + "="))
        .map(each -> each.substring(name.length() + 1))
        .collect(Collectors.joining());
  }

  @Test
  void theProgramIsBuiltInOneStageAndStartedInAnotherWithoutItsSources() {
    var stages = ALL.stream().filter(each -> each.name().equals("FROM")).toList();
    assertThat(stages).hasSize(2);
    assertThat(stages.getFirst().argument()).endsWith(" AS build").contains("25");
    assertThat(stages.getLast().argument()).contains("25-jre");
    assertThat(ALL.indexOf(new Instruction("RUN", "./run --version")))
        .as("built by ./run itself")
        .isBetween(0, ALL.indexOf(stages.getLast()));
    assertThat(copied()).allMatch(each -> !each.contains("pom.xml") && !each.contains("/src/main"));
  }

  /**
   * The image starts {@code ./run}, so that it has the same JVM flags and every command works in a
   * container.
   */
  @Test
  void theEntryPointIsRunWithAllItsFiles() throws IOException {
    assertThat(last("ENTRYPOINT")).isEqualTo("[\"./run\"]");
    assertThat(finalStage()).noneMatch(each -> each.name().equals("CMD"));
    assertThat(last("ENV")).doesNotContain("JAVA", "-X");
    var run = Files.readString(ROOT.resolve("run"));
    assertThat(run).contains(". \"$root/.mvn/toolchain.sh\"", "app=$root/web/target/app");
    assertThat(copied()).contains("/src/run", "/src/.mvn/toolchain.sh", "/src/web/target/app");
    assertThat(Files.isExecutable(ROOT.resolve("run"))).isTrue();
  }

  private static List<String> copied() {
    return finalStage().stream()
        .filter(each -> each.name().equals("COPY"))
        .flatMap(each -> Arrays.stream(each.argument().split(" ")))
        .filter(each -> each.startsWith("/src/"))
        .toList();
  }

  @Test
  void theUserIsNotRootAndOwnsTheDataAlone() {
    assertThat(Integer.parseInt(last("USER"))).isPositive();
    assertThat(last("RUN"))
        .contains("--uid " + last("USER"), "--owner=act", "--mode=0700 " + last("VOLUME"));
    assertThat(last("VOLUME")).isEqualTo(environment("ACT_DATA")).startsWith("/");
    var user = finalStage().indexOf(only(finalStage(), "USER", 0));
    assertThat(finalStage().subList(user, finalStage().size()))
        .noneMatch(each -> each.name().equals("RUN") || each.name().equals("COPY"));
  }

  @Test
  void portAndHealthCheckMatchTheServer() throws Exception {
    assertThat(last("EXPOSE")).isEqualTo(environment("ACT_PORT"));
    assertThat(environment("ACT_BIND")).isEqualTo("0.0.0.0");
    var health = HEALTH.matcher(last("HEALTHCHECK"));
    assertThat(health.find()).isTrue();
    assertThat(health.group(1)).isEqualTo("${ACT_PORT}");
    try (var client = HttpClient.newHttpClient()) {
      var address = URI.create(ConsoleServer.shared().origin() + health.group(2));
      var answer =
          client.send(
              HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding());
      assertThat(answer.statusCode()).as("%s, without a key", address).isEqualTo(200);
    }
  }

  @Test
  void secretsOfTheBuildMachineAreNotCopied() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve(".dockerignore")))
        .contains(".git", ".sandbox", "**/target");
  }
}
