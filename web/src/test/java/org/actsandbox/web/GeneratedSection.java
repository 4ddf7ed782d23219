package org.actsandbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Holds the part of a document that is made from the code, between two comments. */
public record GeneratedSection(Path page, String start, String end) {

  /**
   * Requires that the part is {@code content}; with {@code -Dact.write-docs=true} it is written
   * instead.
   */
  public void check(String content) throws IOException {
    var text = Files.readString(page);
    var expected = start + content + end;
    if (Boolean.getBoolean("act.write-docs")) {
      Files.writeString(
          page,
          text.substring(0, text.indexOf(start))
              + expected
              + text.substring(text.indexOf(end) + end.length()));
      return;
    }
    assertThat(text).as(page + "; write it anew with -Dact.write-docs=true").contains(expected);
  }
}
