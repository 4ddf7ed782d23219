package org.actsandbox.web.console.grades;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads grades, which are longer than a message of the protocol may be. */
final class GradeFile {

  /** Ours: some thousand missions with their stories. */
  static final int MAX_CHARS = 8 * 1024 * 1024;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_STRING = 64 * 1024;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(MAX_CHARS)
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_STRING)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .build();

  private GradeFile() {}

  /** Reads a grade; empty if the bytes are no JSON object, or one beyond the limits. */
  static Optional<ObjectNode> read(byte[] bytes) {
    if (bytes.length > MAX_CHARS) {
      return Optional.empty();
    }
    try {
      var tree = MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
      return tree instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JacksonException unreadable) {
      return Optional.empty();
    }
  }
}
