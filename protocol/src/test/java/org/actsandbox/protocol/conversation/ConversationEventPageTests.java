package org.actsandbox.protocol.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests that docs/agents.md lists every event of a conversation as the code documents it. */
class ConversationEventPageTests {

  private static final Path PAGE = Path.of("../docs/agents.md");
  private static final Path SOURCE =
      Path.of("src/main/java/org/actsandbox/protocol/conversation/ConversationEventType.java");
  private static final String START = "<!-- events: made from the code -->\n";
  private static final String END = "<!-- events end -->\n";
  private static final Pattern CONSTANT =
      Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*([A-Z_]+)\\(", Pattern.DOTALL);

  @Test
  void thePageListsEveryEventWithItsFields() throws IOException {
    var page = Files.readString(PAGE);
    var expected = START + table() + END;
    if (Boolean.getBoolean("act.write-docs")) {
      Files.writeString(
          PAGE,
          page.substring(0, page.indexOf(START))
              + expected
              + page.substring(page.indexOf(END) + END.length()));
      return;
    }
    assertThat(page)
        .as("docs/agents.md; write it anew with -Dact.write-docs=true")
        .contains(expected);
  }

  private static String table() throws IOException {
    var constants = CONSTANT.matcher(Files.readString(SOURCE));
    var table = new StringBuilder("| event | when | fields |\n|---|---|---|\n");
    int rows = 0;
    while (constants.find()) {
      var type = ConversationEventType.valueOf(constants.group(2));
      table.append(row(type, constants.group(1)));
      rows++;
    }
    assertThat(rows).isEqualTo(ConversationEventType.values().length);
    return table.toString();
  }

  private static String row(ConversationEventType type, String comment) {
    return "| `%s` | %s | %s |%n"
        .formatted(
            type.code(),
            comment
                .replaceAll("\\n\\s*\\*", " ")
                .replaceAll("\\s+", " ")
                .replaceAll("\\{@code (\\w+)}", "`$1`")
                .strip(),
            type.fields().stream()
                .map(field -> "`" + field + "`")
                .collect(Collectors.joining(", ")));
  }
}
