package org.actsandbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that a package of more than 20 types says in its description why it stays whole. */
class PackageSizeTests {

  private static final Path ROOT = Path.of("..");
  private static final int FEW = 20;
  private static final String REASON = "over 20 types";

  @Test
  void aLargePackageSaysWhyItStaysWhole() throws IOException {
    var silent = new ArrayList<String>();
    for (var each : typesByPackage().entrySet()) {
      if (each.getValue().size() > FEW && !description(each.getKey()).contains(REASON)) {
        silent.add(ROOT.relativize(each.getKey()) + " has " + each.getValue().size() + " types");
      }
    }
    assertThat(silent).as("packages whose package-info.java does not say why").isEmpty();
  }

  /** Without this the test above would pass if it found no package at all. */
  @Test
  void everyModuleIsLookedAt() throws IOException {
    var modules =
        typesByPackage().keySet().stream()
            .map(each -> ROOT.relativize(each).getName(0).toString())
            .collect(Collectors.toSet());
    assertThat(modules).contains("protocol", "merchant-kit", "agent-demo", "sandbox", "web");
    assertThat(description(ROOT.resolve("sandbox/src/main/java/org/actsandbox/sandbox/database")))
        .contains(REASON);
  }

  private static Map<Path, List<Path>> typesByPackage() throws IOException {
    var all = new TreeMap<Path, List<Path>>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (var module : modules.map(each -> each.resolve("src/main/java")).toList()) {
        if (Files.isDirectory(module)) {
          try (Stream<Path> files = Files.walk(module)) {
            files
                .filter(file -> file.toString().endsWith(".java"))
                .filter(file -> !file.endsWith("package-info.java"))
                .forEach(
                    file ->
                        all.computeIfAbsent(file.getParent(), _ -> new ArrayList<>()).add(file));
          }
        }
      }
    }
    return all;
  }

  /** Returns the description on one line. */
  private static String description(Path folder) throws IOException {
    var file = folder.resolve("package-info.java");
    return Files.exists(file)
        ? Files.readString(file).replaceAll("\\s+\\*?\\s*", " ")
        : "no package-info.java";
  }
}
