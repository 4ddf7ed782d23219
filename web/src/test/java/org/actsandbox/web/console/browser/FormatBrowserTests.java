package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;

/**
 * Tests that templates, styles and scripts are formatted by Prettier (ADR 21). Prettier is a
 * script, so that the browser of the other tests runs it, without Node and without network.
 */
class FormatBrowserTests {

  private static final List<String> SCRIPTS =
      List.of("standalone", "plugins/html", "plugins/postcss", "plugins/babel", "plugins/estree");

  private static final Map<String, String> PARSERS =
      Map.of("html", "html", "css", "css", "js", "babel");

  private static final String FORMAT =
      """
      ([text, options]) =>
        prettier.format(text, { ...JSON.parse(options), plugins: Object.values(prettierPlugins) })
      """;

  @Test
  void templatesStylesAndScriptsAreFormatted() throws IOException {
    var wrong = new ArrayList<Path>();
    try (var page = formatter()) {
      for (var file : PageSources.all()) {
        var text = Files.readString(file);
        var formatted = format(page, file, text);
        if (!formatted.equals(text)) {
          wrong.add(file);
          if (Boolean.getBoolean("act.format")) {
            Files.writeString(file, formatted);
          }
        }
      }
    }
    assertThat(wrong)
        .as("not formatted; with -Dact.format=true this test formats them (CONTRIBUTING.md)")
        .isEmpty();
  }

  @Test
  void aFileThatIsNotFormattedIsFound() throws IOException {
    try (var page = formatter()) {
      assertThat(format(page, Path.of("x.css"), "a{color:red}"))
          .isEqualTo("a {\n  color: red;\n}\n");
      assertThat(format(page, Path.of("x.html"), "<p>a<b>c</b></p>\n<p>d</p>"))
          .isEqualTo("<p>a<b>c</b></p>\n<p>d</p>\n");
      assertThat(format(page, Path.of("x.js"), "f( \"a\" )")).isEqualTo("f('a');\n");
    }
  }

  private static Page formatter() throws IOException {
    var page = Browsers.shared().blankPage();
    for (var script : SCRIPTS) {
      page.addScriptTag(new Page.AddScriptTagOptions().setContent(prettier(script)));
    }
    return page;
  }

  private static String format(Page page, Path file, String text) throws IOException {
    var name = file.getFileName().toString();
    var options = Json.parse(Files.readString(PageSources.ROOT.resolve(".prettierrc.json")));
    var parser = Objects.requireNonNull(PARSERS.get(name.substring(name.lastIndexOf('.') + 1)));
    var all = Json.object().put("parser", parser);
    options.properties().forEach(option -> all.set(option.getKey(), option.getValue()));
    return (String) page.evaluate(FORMAT.strip(), List.of(text, Json.write(all)));
  }

  /** Reads a script of Prettier from its package on the class path. */
  private static String prettier(String name) throws IOException {
    var path = "META-INF/resources/webjars/prettier/%s/%s.js".formatted(version(), name);
    try (var script = FormatBrowserTests.class.getClassLoader().getResourceAsStream(path)) {
      return new String(
          Objects.requireNonNull(script, path).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String version() throws IOException {
    var path = "META-INF/maven/org.webjars.npm/prettier/pom.properties";
    try (var properties = FormatBrowserTests.class.getClassLoader().getResourceAsStream(path)) {
      var read = new Properties();
      read.load(Objects.requireNonNull(properties, path));
      return Objects.requireNonNull(read.getProperty("version"), path);
    }
  }
}
