package org.actsandbox.web.console.external;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.actsandbox.protocol.json.Json;

/**
 * Writes the settings of a merchant as its language takes them, ready to paste.
 *
 * @param code the word in message keys and in ids of elements
 * @param language as people call it, the same in all languages
 */
record SettingsText(String code, String language, String text) {

  /**
   * Returns the settings in all forms.
   *
   * @param env the settings as lines of a .env file
   */
  static List<SettingsText> all(String env) {
    var values = new LinkedHashMap<String, String>();
    env.lines().map(line -> line.split("=", 2)).forEach(line -> values.put(line[0], line[1]));
    return List.of(
        new SettingsText("env", ".env", env),
        new SettingsText("java", "Java", java(values)),
        new SettingsText("spring", "Spring Boot", SPRING),
        new SettingsText("python", "Python", python(values)),
        new SettingsText("node", "Node.js", node(values)),
        new SettingsText("curl", "curl", curl(values)));
  }

  private static final String SPRING =
      """
      merchant-kit.settings=shop.env
      merchant-kit.price=0.50
      merchant-kit.paths=/report
      merchant-kit.deliveries=deliveries
      """;

  private static String java(Map<String, String> values) {
    return lines(values, "    Map.entry(%s, %s)", ",\n")
        .transform(
            entries ->
                "var settings = MerchantSettings.of(Map.ofEntries(\n%s));\n".formatted(entries));
  }

  private static String python(Map<String, String> values) {
    return lines(values, "    %s: %s,", "\n")
        .transform(entries -> "import os\n\nos.environ.update({\n%s\n})\n".formatted(entries));
  }

  private static String node(Map<String, String> values) {
    return lines(values, "  %s: %s,", "\n")
        .transform(entries -> "Object.assign(process.env, {\n%s\n});\n".formatted(entries));
  }

  private static String curl(Map<String, String> values) {
    return values.entrySet().stream()
            .map(each -> "export %s='%s'".formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining("\n"))
        + """

        # what the payment service told this shop so far
        curl "$ACT_PSP/notifications" -H "Authorization: Bearer $ACT_ROLE_KEY"
        # the public keys of the payment service
        curl "$ACT_WORLD/dids/$ACT_PSP_DID"
        """;
  }

  /** Writes each setting in a form; a JSON text is also one of Java, Python and JavaScript. */
  private static String lines(Map<String, String> values, String form, String separator) {
    return values.entrySet().stream()
        .map(each -> form.formatted(Json.write(each.getKey()), Json.write(each.getValue())))
        .collect(Collectors.joining(separator));
  }
}
