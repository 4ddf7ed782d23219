package org.actsandbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tests that every document of more than a hundred lines lists its sections at its top. {@code
 * -Dact.write-docs=true} writes the lists anew.
 */
class DocumentContentsTests {

  private static final Path ROOT = Path.of("..");

  private static final int LONG = 100;

  /** The first table of the rules is their contents list. */
  private static final Path RULES = ROOT.resolve("docs").resolve("rules.md");

  @Test
  void everyLongDocumentListsItsSections() throws IOException {
    var listed = new ArrayList<String>();
    var stale = new ArrayList<String>();
    for (var document : longDocuments()) {
      var text = Files.readString(document);
      var expected = DocumentContents.in(text, document);
      if (Boolean.getBoolean("act.write-docs")) {
        Files.writeString(document, expected);
      } else if (!text.equals(expected)) {
        stale.add(document.getFileName().toString());
      }
      if (expected.contains("](#")) {
        listed.add(document.getFileName().toString());
      }
    }
    assertThat(stale).as("write their lists anew with -Dact.write-docs=true").isEmpty();
    assertThat(listed).contains("README.md", "README.zh-CN.md", "operations.md", "errors.md");
  }

  private static List<Path> longDocuments() throws IOException {
    var found = new ArrayList<Path>();
    for (var folder : List.of(ROOT, ROOT.resolve("docs"))) {
      try (var files = Files.newDirectoryStream(folder, "*.md")) {
        for (var file : files) {
          if (!file.equals(RULES) && Files.readAllLines(file).size() > LONG) {
            found.add(file);
          }
        }
      }
    }
    return found;
  }

  @Test
  void listsSectionsButNotWhatLooksLikeOneInCode() {
    var text =
        """
        # Title

        [Another page](other.md)

        Words about it
        in two lines.

        More words.

        ## First: `a/b` and [a page](page.md)

        ```
        ## no section
        ```

        ## Twice

        ### Part

        ## Twice
        """;
    var listed = DocumentContents.in(text, Path.of("page.md"));

    assertThat(listed)
        .contains(
            """
            in two lines.

            **Contents**

            - [First: `a/b` and a page](#first-ab-and-a-page)
            - [Twice](#twice)
            - [Twice](#twice-1)

            More words.
            """);
    assertThat(DocumentContents.in(listed, Path.of("page.md"))).isEqualTo(listed);
    assertThat(DocumentContents.in(listed.replace("## Twice\n\n### Part\n", ""), Path.of("p.md")))
        .doesNotContain("(#twice-1)")
        .contains("- [Twice](#twice)");
  }

  @Test
  void listsPartsOfADocumentWithFewSections() {
    var text = "# T\n\n## Only\n\n### One part\n\n### 另一部分\n";

    assertThat(DocumentContents.in(text, Path.of("t.zh-CN.md")))
        .isEqualTo(
            "# T\n\n**目录**\n\n- [Only](#only)\n  - [One part](#one-part)\n  - [另一部分](#另一部分)\n\n"
                + text.substring(5));
    assertThat(DocumentContents.in("# T\n\n## Only\n", Path.of("t.md"))).doesNotContain("Contents");
  }
}
