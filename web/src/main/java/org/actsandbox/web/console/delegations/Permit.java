package org.actsandbox.web.console.delegations;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.delegation.Summary;
import org.actsandbox.web.console.words.Words;
import tools.jackson.databind.JsonNode;

/**
 * One signed field: what stands in it, what that permits, and what the field is for.
 *
 * @param path {@code ext.commerce.max_single_amount}
 * @param says the summary's sentence about it; empty for fields that permit nothing
 * @param meaning with its rule
 */
record Permit(String path, String value, String says, String meaning) {

  /** In the order of the payload. */
  static List<Permit> all(IacPayload payload, List<Summary.Line> summary, Words words) {
    var permits = new ArrayList<Permit>();
    collect("", Json.tree(payload), summary, words, permits);
    return List.copyOf(permits);
  }

  private static void collect(
      String path, JsonNode node, List<Summary.Line> summary, Words words, List<Permit> permits) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  collect(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      summary,
                      words,
                      permits));
      return;
    }
    if (node.isArray() && !node.isEmpty() && node.get(0).isObject()) {
      for (int i = 0; i < node.size(); i++) {
        var at = path + "[" + i + "]";
        permits.add(
            new Permit(
                at, Json.write(node.get(i)), says(at, summary, words), meaning(path, words)));
      }
      return;
    }
    permits.add(new Permit(path, text(node), says(path, summary, words), meaning(path, words)));
  }

  private static String meaning(String path, Words words) {
    return words.sayOr("field." + path.substring(path.lastIndexOf('.') + 1), "");
  }

  /** A plan's sentence stands at its first field. */
  private static String says(String path, List<Summary.Line> summary, Words words) {
    return summary.stream()
        .filter(
            line ->
                line.field().equals(path)
                    || (path.endsWith(".first_at") && path.startsWith(line.field() + ".")))
        .map(line -> words.text(line.text()))
        .findFirst()
        .orElse("");
  }

  private static String text(JsonNode node) {
    return node.isArray()
        ? StreamSupport.stream(node.spliterator(), false)
            .map(each -> each.asString(""))
            .collect(Collectors.joining(", "))
        : node.asString("");
  }
}
