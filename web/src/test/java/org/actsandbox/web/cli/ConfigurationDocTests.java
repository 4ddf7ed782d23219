package org.actsandbox.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.actsandbox.web.GeneratedSection;
import org.actsandbox.web.cli.server.SettingCatalog;
import org.junit.jupiter.api.Test;

/** Tests that the page of settings agrees with the code. */
class ConfigurationDocTests {

  private static final GeneratedSection TABLE =
      new GeneratedSection(
          Path.of("../docs/configuration.md"),
          "<!-- settings: made from the code -->\n",
          "<!-- settings end -->\n");

  @Test
  void thePageListsEverySettingAsTheCodeDocumentsIt() throws IOException {
    TABLE.check(table());
  }

  @Test
  void everySettingHasADescriptionInWholeSentences() {
    assertThat(SettingCatalog.load().settings())
        .hasSizeGreaterThan(15)
        .allSatisfy(setting -> assertThat(setting.description()).endsWith("."));
  }

  private static String table() {
    return SettingCatalog.load().settings().stream()
        .map(ConfigurationDocTests::entry)
        .collect(Collectors.joining());
  }

  private static String entry(SettingCatalog.Setting setting) {
    return "### `%s`%n%n%s%n%n- Value: %s%n- Default: %s%n- Environment: `%s`%n%n"
        .formatted(
            setting.name(),
            wrapped(setting.description()),
            setting.form(),
            setting.defaultValue().isEmpty() ? "none" : "`" + setting.defaultValue() + "`",
            setting.environmentVariable());
  }

  /** Wraps a text into lines of at most 120 characters. */
  private static String wrapped(String text) {
    return text.replaceAll("(.{1,118})(?:\\s+|$)", "$1\n").strip();
  }
}
