package org.actsandbox.web.console.delegations;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.delegation.AuthoritySummary;
import org.actsandbox.web.console.words.PageText;
import tools.jackson.databind.JsonNode;

/**
 * Shows one signed field: its value, what the value permits, and what the field is for.
 *
 * @param path the field's path, {@code ext.commerce.max_single_amount}
 * @param says the summary's sentence about the value; empty for fields that permit nothing
 * @param meaning the field's meaning with its rule; empty where the bundles have none
 */
record SignedField(String path, String value, String says, String meaning) {

  /** Lists all fields of a credential's payload, in their order. */
  static List<SignedField> all(
      IacPayload payload, List<AuthoritySummary.Line> summary, PageText pageText) {
    var signedFields = new ArrayList<SignedField>();
    collect("", Json.tree(payload), summary, pageText, signedFields);
    return List.copyOf(signedFields);
  }

  private static void collect(
      String path,
      JsonNode node,
      List<AuthoritySummary.Line> summary,
      PageText pageText,
      List<SignedField> signedFields) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  collect(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      summary,
                      pageText,
                      signedFields));
      return;
    }
    if (node.isArray() && !node.isEmpty() && node.get(0).isObject()) {
      for (int i = 0; i < node.size(); i++) {
        var at = path + "[" + i + "]";
        signedFields.add(
            new SignedField(
                at, Json.write(node.get(i)), says(at, summary, pageText), meaning(path, pageText)));
      }
      return;
    }
    signedFields.add(
        new SignedField(path, text(node), says(path, summary, pageText), meaning(path, pageText)));
  }

  private static String meaning(String path, PageText pageText) {
    return pageText.sayOr("field." + path.substring(path.lastIndexOf('.') + 1), "");
  }

  /**
   * Returns the summary's sentence about a field. The sentence about a plan stands at the plan's
   * first payment time.
   */
  private static String says(String path, List<AuthoritySummary.Line> summary, PageText pageText) {
    return summary.stream()
        .filter(
            line ->
                line.field().equals(path)
                    || (path.endsWith(".first_at") && path.startsWith(line.field() + ".")))
        .map(line -> pageText.sentence(line.text()))
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
