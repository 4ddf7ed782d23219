package org.actsandbox.protocol.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests rendering and escaping of document templates. */
class DocumentTemplateTests {

  private static final DocumentTemplate LETTER =
      DocumentTemplate.of(DocumentTemplateTests.class, "letter.html");

  @Test
  void fillsInTheWholeDocument() {
    assertThat(LETTER.fill(Map.of("lang", "zh", "text", "咖啡")))
        .startsWith("<!doctype html>")
        .contains("<html lang=\"zh\">", "<p title=\"咖啡\">咖啡</p>")
        .doesNotContain("th:", "thymeleaf");
  }

  @Test
  void markupInAValueIsText() {
    var hostile = "\"><script>alert('x')</script>&[[${7*7}]]";
    assertThat(LETTER.fill("line", Map.of("text", hostile)))
        .startsWith("<p title=")
        .endsWith("</p>")
        .contains("&lt;script&gt;", "&amp;[[${7*7}]]")
        .doesNotContain("<script", "\"><script", "49");
  }

  @Test
  void aMissingTemplateIsABug() {
    var missing = DocumentTemplate.of(DocumentTemplateTests.class, "missing.html");
    assertThatThrownBy(() -> missing.fill(Map.of()))
        .hasMessageContaining("org/actsandbox/protocol/document/missing.html");
  }
}
