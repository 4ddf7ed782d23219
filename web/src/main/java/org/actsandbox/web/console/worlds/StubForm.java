package org.actsandbox.web.console.worlds;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.console.form.FormFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the stubs of a proxy form, which answer in place of the target: one stub from four fields,
 * and any number of them as JSON.
 */
final class StubForm {

  private StubForm() {}

  /**
   * Reads the stubs; the control API checks their content.
   *
   * @throws Refusal {@code invalid_field} if the text is no JSON list
   */
  static List<JsonNode> stubs(FormFields form) {
    var stubs = new ArrayList<JsonNode>();
    var path = form.first("stub.path");
    if (path != null) {
      stubs.add(one(form, path.strip()));
    }
    several(form.first("stubs")).forEach(stubs::add);
    return stubs;
  }

  private static JsonNode one(FormFields form, String path) {
    var method = form.first("stub.method");
    var status = form.first("stub.status");
    if (status == null || !status.matches("[1-5][0-9]{2}")) {
      throw new Refusal(Problem.INVALID_FIELD, "not a status")
          .at("stub.status")
          .expected("100 to 599")
          .observed(String.valueOf(status));
    }
    var stub = Json.object();
    stub.putObject("request")
        .put("method", method == null ? "ANY" : method)
        .put(path.contains("?") ? "url" : "urlPath", path);
    var response = stub.putObject("response").put("status", Integer.parseInt(status));
    var body = form.first("stub.body");
    if (body != null) {
      response.put("body", body);
      response
          .putObject("headers")
          .put(
              "Content-Type", body.matches("(?s)\\s*[\\[{].*") ? "application/json" : "text/plain");
    }
    return stub;
  }

  private static JsonNode several(@Nullable String text) {
    if (text == null) {
      return Json.mapper().createArrayNode();
    }
    JsonNode tree;
    try {
      tree = Json.parse(text);
    } catch (JacksonException notJson) {
      throw noList(notJson.getOriginalMessage());
    }
    if (!tree.isArray()) {
      throw noList(tree.getNodeType().name());
    }
    return tree;
  }

  private static Refusal noList(String observed) {
    return new Refusal(Problem.INVALID_FIELD, "not a list of stub mappings")
        .at("stubs")
        .expected("[{\"request\": {...}, \"response\": {...}}]")
        .observed(observed);
  }
}
