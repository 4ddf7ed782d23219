package org.actsandbox.sandbox.control.openapi;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.StringUtils;
import tools.jackson.databind.JsonNode;

/**
 * Names the operations. Clients call their methods by these names, so a name stays when a Java
 * method is renamed. An operation that is not in the list is named after its summary.
 */
final class OpenApiOperationIds {

  private static final Set<String> SKIPPED =
      Set.of("a", "an", "the", "of", "its", "is", "to", "and", "or", "in", "for", "with");

  private static final int MOST_WORDS = 5;

  private final Map<String, String> ids;

  private OpenApiOperationIds(Map<String, String> ids) {
    this.ids = ids;
  }

  /** Reads the list: the name, and after a tab the method and the path. */
  static OpenApiOperationIds load() {
    try {
      var lines =
          new ClassPathResource("openapi-source/operation-ids.tsv")
              .getContentAsString(StandardCharsets.UTF_8)
              .lines();
      return new OpenApiOperationIds(
          lines.map(line -> line.split("\t", 2)).collect(toMap(line -> line[1], line -> line[0])));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Map<String, String> all() {
    return ids;
  }

  String of(String method, String path, JsonNode operation) {
    var listed = ids.get(method.toUpperCase(Locale.ROOT) + ' ' + path);
    return listed != null ? listed : fromSummary(operation.path("summary").asString(""));
  }

  private static String fromSummary(String summary) {
    var words =
        Arrays.stream(summary.split("[^A-Za-z0-9]+", -1))
            .filter(word -> !word.isEmpty() && !SKIPPED.contains(word.toLowerCase(Locale.ROOT)))
            .limit(MOST_WORDS)
            .map(word -> StringUtils.capitalize(word.toLowerCase(Locale.ROOT)))
            .toList();
    return StringUtils.uncapitalize(String.join("", words));
  }
}
