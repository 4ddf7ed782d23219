package org.actsandbox.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Tests that the public face of the kit is the kept one. What is added needs a new minor version,
 * what is changed or removed a new major one; then {@code -Dact.write-api=true} writes the list.
 */
class KitApiTests {

  private static final Path KEPT = Path.of("src", "test", "resources", "kit-api.txt");
  private static final Path SOURCES = Path.of("src", "main", "java");

  @Test
  void thePublicFaceIsTheKeptOne() throws IOException {
    var api = String.join("\n", api()) + "\n";
    if (Boolean.getBoolean("act.write-api")) {
      Files.writeString(KEPT, api);
    }

    assertThat(api).isEqualTo(Files.readString(KEPT));
  }

  @Test
  void thePublicFaceHasNoTypeOfAnotherModule() throws IOException {
    assertThat(api()).noneMatch(line -> line.contains("org.actsandbox.protocol"));
    assertThat(api()).noneMatch(line -> line.contains("tools.jackson"));
  }

  @Test
  void everyPublicTypeHasJavadoc() throws IOException {
    for (var type : publicTypes()) {
      var source = Files.readString(SOURCES.resolve(type.getName().replace('.', '/') + ".java"));
      assertThat(source).as(type.getName()).containsPattern("(?s)/\\*\\*.*\\*/.*public ");
    }
  }

  private static List<String> api() throws IOException {
    var lines = new ArrayList<String>();
    for (var type : publicTypes()) {
      add(type, lines);
      Arrays.stream(type.getDeclaredClasses())
          .filter(nested -> Modifier.isPublic(nested.getModifiers()))
          .sorted((a, b) -> a.getName().compareTo(b.getName()))
          .forEach(nested -> add(nested, lines));
    }
    return lines;
  }

  private static void add(Class<?> type, List<String> lines) {
    lines.add(type.toGenericString());
    Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
        .flatMap(Arrays::stream)
        .filter(member -> isVisible((Member) member) && !((Member) member).isSynthetic())
        .map(
            member ->
                switch (member) {
                  case java.lang.reflect.Field field -> field.toGenericString();
                  case java.lang.reflect.Executable executable -> executable.toGenericString();
                  default -> throw new IllegalStateException(member.toString());
                })
        .sorted()
        .forEach(line -> lines.add("  " + line));
  }

  private static boolean isVisible(Member member) {
    return Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers());
  }

  private static List<Class<?>> publicTypes() throws IOException {
    try (var files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .map(file -> SOURCES.relativize(file).toString())
          .map(file -> file.substring(0, file.length() - ".java".length()).replace('/', '.'))
          .sorted()
          .<Class<?>>map(KitApiTests::type)
          .filter(type -> Modifier.isPublic(type.getModifiers()))
          .toList();
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
