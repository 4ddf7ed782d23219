package org.actsandbox.web.console.decoder;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.web.console.words.PageText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Lists the fields of a JSON message, each with its meaning. */
public final class FieldExplanations {

  private static final int MAX_FIELDS = 400;
  private static final int MAX_DEPTH = 12;
  private static final ObjectWriter PRETTY = JsonMapper.shared().writerWithDefaultPrettyPrinter();

  private final PageText pageText;
  private final List<DecodedEntry.Field> fields = new ArrayList<>();

  private FieldExplanations(PageText pageText) {
    this.pageText = pageText;
  }

  public static DecodedEntry.Part of(String title, JsonNode json, PageText pageText) {
    var fieldExplanations = new FieldExplanations(pageText);
    fieldExplanations.flatten("", json, 0);
    return new DecodedEntry.Part(
        title, List.copyOf(fieldExplanations.fields), PRETTY.writeValueAsString(json));
  }

  private void flatten(String path, JsonNode node, int depth) {
    if (fields.size() >= MAX_FIELDS || depth > MAX_DEPTH) {
      return;
    }
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  flatten(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      depth + 1));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(path + "[" + i + "]", node.get(i), depth + 1);
      }
    } else {
      fields.add(
          new DecodedEntry.Field(path, node.isNull() ? "null" : node.asString(), meaning(path)));
    }
  }

  private String meaning(String path) {
    var name = path.substring(path.lastIndexOf('.') + 1).replaceAll("\\[\\d+]", "");
    return pageText.sayOr("field." + name, "");
  }
}
