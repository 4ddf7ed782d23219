package org.actsandbox.web.console.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.StringTemplateResolver;

/** Tests that invisible characters are shown as a mark, in text and in attributes. */
class VisibleTextTests {

  private final SpringTemplateEngine engine = engine();

  private static SpringTemplateEngine engine() {
    var templates = new StringTemplateResolver();
    templates.setTemplateMode(TemplateMode.HTML);
    var engine = new SpringTemplateEngine();
    engine.setTemplateResolver(templates);
    engine.addDialect(new VisibleTextDialect());
    return engine;
  }

  private String page(String words) {
    return engine.process(
        "<p th:title='${w}' th:text='${w}'>x</p><i th:utext='${w}'></i><input th:value='${w}'/>",
        new Context(null, Map.of("w", words)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u202E",
        "\u2066",
        "\u200B",
        "\u200D",
        "\u2060",
        "\uFEFF",
        "\u061C",
        "\u009B",
        "\u001B",
        "\u0007",
        "\u00AD",
        "\uDB40\uDC41"
      })
  void invisibleCharactersAreReplacedByAMark(String invisible) {
    var page = page("Charger" + invisible + "regrahC");
    assertThat(page)
        .doesNotContain(invisible)
        .contains("title='Charger\uFFFDregrahC'", ">Charger\uFFFDregrahC</p>")
        .contains("value='Charger\uFFFDregrahC'");
  }

  @Test
  void visibleTextStaysUnchanged() {
    var words = "手机充电器 — 65 W, “fast”\t¥89.00\nÄ 😀";
    assertThat(page(words)).contains(">" + words + "</p>");
  }

  @Test
  void indentationBecomesOneLineEndAndPreformattedTextStays() {
    var source = "<ul>\n      <li>a</li>\n\n    </ul><pre>\n  <b>x</b>\n    </pre><p> </p>";
    assertThat(engine.process(source, new Context()))
        .isEqualTo("<ul>\n<li>a</li>\n</ul><pre>\n  <b>x</b>\n    </pre><p> </p>");
  }
}
