package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/**
 * Tests that lines of templates, styles and scripts are short, so that a diff shows what changed.
 */
class LineLengthTests {

  /** The limit in characters. The formatter aims at 120 and breaks no value of an attribute. */
  private static final int LONGEST = 140;

  @Test
  void noLineIsLongerThan140Characters() throws IOException {
    var sources = PageSources.all();
    var tooLong = new ArrayList<String>();
    for (var file : sources) {
      var lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        int length = lines.get(i).codePointCount(0, lines.get(i).length());
        if (length > LONGEST) {
          tooLong.add("%s:%d has %d characters".formatted(file, i + 1, length));
        }
      }
    }
    assertThat(sources).as("templates, styles and scripts found").hasSizeGreaterThan(60);
    assertThat(tooLong).as("lines over %d characters", LONGEST).isEmpty();
  }
}
